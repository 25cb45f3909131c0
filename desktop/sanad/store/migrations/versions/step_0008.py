"""Which doubts about a member were looked at, and by how many days the office's Hijri calendar differs from the table.

Both tables are made anew under their own names. ``legacy_alter_table`` leaves the rows that point at them alone.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

OFFICE = """
    CREATE TABLE office (
        id INTEGER NOT NULL CONSTRAINT only_one CHECK (id = 1),
        policy TEXT NOT NULL,
        name_ar TEXT NOT NULL,
        name_en TEXT NOT NULL,
        phone TEXT NOT NULL,
        language TEXT NOT NULL,
        digits TEXT NOT NULL,
        currency TEXT NOT NULL,
        committee_ar TEXT NOT NULL,
        committee_en TEXT NOT NULL,
        iban TEXT NOT NULL,
        hijri_shift INTEGER NOT NULL CONSTRAINT hijri_shift_in_bounds CHECK (hijri_shift IN (-1, 0, 1)),
        PRIMARY KEY (id)
    )
     STRICT
    """
MEMBERS = """
    CREATE TABLE members (
        household TEXT NOT NULL,
        position INTEGER NOT NULL,
        id INTEGER NOT NULL,
        relation TEXT NOT NULL,
        sex TEXT NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        civil_id TEXT NOT NULL,
        civil_key TEXT,
        provider INTEGER,
        birth_date TEXT,
        marital_status TEXT,
        employment TEXT,
        education TEXT,
        occupation TEXT NOT NULL,
        workplace TEXT NOT NULL,
        work_phone TEXT NOT NULL,
        income_source TEXT NOT NULL,
        registered_on TEXT,
        notes TEXT NOT NULL,
        lives_with_family INTEGER,
        poor INTEGER,
        married_in_house INTEGER,
        include INTEGER,
        include_reason TEXT NOT NULL,
        doubts_settled TEXT NOT NULL,
        PRIMARY KEY (household, position),
        CONSTRAINT provider_yes_or_no CHECK (provider IN (0, 1)),
        CONSTRAINT lives_with_family_yes_or_no CHECK (lives_with_family IN (0, 1)),
        CONSTRAINT poor_yes_or_no CHECK (poor IN (0, 1)),
        CONSTRAINT married_in_house_yes_or_no CHECK (married_in_house IN (0, 1)),
        CONSTRAINT include_yes_or_no CHECK (include IN (0, 1)),
        UNIQUE (household, id),
        FOREIGN KEY(household) REFERENCES households (id),
        UNIQUE (civil_key)
    )
     STRICT
    """
OF_OFFICE = "id, policy, name_ar, name_en, phone, language, digits, currency, committee_ar, committee_en, iban"
OF_MEMBER = (
    "household, position, id, relation, sex, name, name_key, civil_id, civil_key, provider, birth_date, "
    "marital_status, employment, education, occupation, workplace, work_phone, income_source, registered_on, notes, "
    "lives_with_family, poor, married_in_house, include, include_reason"
)


def upgrade() -> None:
    """Nothing was looked at yet, and the table is taken as it is printed."""
    op.execute("PRAGMA legacy_alter_table = ON")
    op.execute("DROP INDEX members_by_name_and_birth")
    for name, made, kept, (column, value) in (
        ("office", OFFICE, OF_OFFICE, ("hijri_shift", "0")),
        ("members", MEMBERS, OF_MEMBER, ("doubts_settled", "''")),
    ):
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
        op.execute(made)
        op.execute(
            f"INSERT INTO {name} ({kept}, {column}) SELECT {kept}, {value} FROM {name}_before ORDER BY rowid"  # noqa: S608  # our own words
        )
        op.execute(f"DROP TABLE {name}_before")
    op.execute("CREATE INDEX members_by_name_and_birth ON members (name_key, birth_date)")
    op.execute("PRAGMA legacy_alter_table = OFF")
