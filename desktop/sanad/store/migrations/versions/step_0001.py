"""The ground: families, requests, assessments, decisions, payments, and the journal of all of it."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE drafts (
        place TEXT NOT NULL,
        payload TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        PRIMARY KEY (place)
    )
     STRICT
    """,
    """
    CREATE TABLE households (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        saved_at TEXT NOT NULL,
        file_number TEXT NOT NULL,
        file_key TEXT NOT NULL,
        resident_of TEXT NOT NULL,
        phone TEXT NOT NULL,
        spouses_share INTEGER,
        family_state TEXT NOT NULL,
        incomes_asked INTEGER NOT NULL,
        obligations_asked INTEGER NOT NULL,
        dwelling_kind TEXT,
        flat TEXT NOT NULL,
        rooms INTEGER,
        block TEXT NOT NULL,
        road TEXT NOT NULL,
        building TEXT NOT NULL,
        area TEXT NOT NULL,
        municipality TEXT NOT NULL,
        site TEXT NOT NULL,
        bank_balance INTEGER,
        wealth INTEGER,
        request_date TEXT,
        registered INTEGER,
        monthly_registered INTEGER,
        research_comment TEXT NOT NULL,
        research_notes TEXT NOT NULL,
        research_date TEXT,
        research_employee TEXT NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY ("row"),
        CONSTRAINT spouses_share_yes_or_no CHECK (spouses_share IN (0, 1)),
        CONSTRAINT incomes_asked_yes_or_no CHECK (incomes_asked IN (0, 1)),
        CONSTRAINT obligations_asked_yes_or_no CHECK (obligations_asked IN (0, 1)),
        CONSTRAINT bank_balance_in_bounds CHECK (bank_balance >= 0 AND bank_balance < 1000000000000000),
        CONSTRAINT wealth_in_bounds CHECK (wealth >= 0 AND wealth < 1000000000000000),
        CONSTRAINT registered_yes_or_no CHECK (registered IN (0, 1)),
        CONSTRAINT monthly_registered_yes_or_no CHECK (monthly_registered IN (0, 1)),
        UNIQUE (id),
        UNIQUE (file_key)
    )
     STRICT
    """,
    """
    CREATE TABLE journal (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        operation TEXT NOT NULL,
        subjects TEXT NOT NULL,
        households TEXT NOT NULL,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL,
        why TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY (seq)
    )
     STRICT
    """,
    """
    CREATE TABLE numbers (
        series TEXT NOT NULL,
        last INTEGER NOT NULL CONSTRAINT from_one CHECK (last > 0),
        PRIMARY KEY (series)
    )
     STRICT
    """,
    """
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
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE documents (
        household TEXT NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        expires TEXT,
        waived_by TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (household, position),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    """
    CREATE TABLE follow_ups (
        household TEXT NOT NULL,
        position INTEGER NOT NULL,
        date TEXT,
        employee TEXT NOT NULL,
        notes TEXT NOT NULL,
        PRIMARY KEY (household, position),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    """
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
    """,
    "CREATE INDEX members_by_name_and_birth ON members (name_key, birth_date)",
    """
    CREATE TABLE operations (
        "key" TEXT NOT NULL,
        operation TEXT NOT NULL,
        said TEXT NOT NULL,
        result TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY ("key"),
        FOREIGN KEY(seq) REFERENCES journal (seq)
    )
     STRICT
    """,
    """
    CREATE TABLE requests (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        household TEXT NOT NULL,
        policy TEXT NOT NULL,
        aid TEXT NOT NULL,
        received_on TEXT NOT NULL,
        asked INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT asked_in_bounds CHECK (asked >= 0 AND asked < 1000000000000000),
        UNIQUE (number),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_requests_household ON requests (household)",
    """
    CREATE TABLE assessments (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        request TEXT NOT NULL,
        household_version INTEGER NOT NULL,
        digest TEXT NOT NULL,
        outcome TEXT NOT NULL,
        amount INTEGER,
        body TEXT NOT NULL,
        facts TEXT NOT NULL,
        seal TEXT NOT NULL,
        PRIMARY KEY ("row"),
        CONSTRAINT amount_in_bounds CHECK (amount >= 0 AND amount < 1000000000000000),
        UNIQUE (id),
        FOREIGN KEY(request) REFERENCES requests (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_assessments_request ON assessments (request)",
    """
    CREATE TABLE incomes (
        household TEXT NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        monthly INTEGER NOT NULL,
        member INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (household, position),
        CONSTRAINT monthly_in_bounds CHECK (monthly >= 0 AND monthly < 1000000000000000),
        FOREIGN KEY(household, member) REFERENCES members (household, id),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    """
    CREATE TABLE obligations (
        household TEXT NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        monthly INTEGER NOT NULL,
        justified INTEGER,
        member INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (household, position),
        CONSTRAINT monthly_in_bounds CHECK (monthly >= 0 AND monthly < 1000000000000000),
        CONSTRAINT justified_yes_or_no CHECK (justified IN (0, 1)),
        FOREIGN KEY(household, member) REFERENCES members (household, id),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    """
    CREATE TABLE decisions (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        request TEXT NOT NULL,
        assessment TEXT NOT NULL,
        verdict TEXT NOT NULL,
        decided_on TEXT NOT NULL,
        sitting TEXT NOT NULL,
        computed INTEGER,
        amount INTEGER,
        first_month TEXT,
        last_month TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY ("row"),
        CONSTRAINT computed_in_bounds CHECK (computed >= 0 AND computed < 1000000000000000),
        CONSTRAINT amount_in_bounds CHECK (amount >= 1 AND amount < 1000000000000000),
        CONSTRAINT a_grant_is_an_approval CHECK ((verdict = 'approve') = (amount IS NOT NULL)),
        CONSTRAINT a_grant_has_a_first_month CHECK ((amount IS NULL) = (first_month IS NULL)),
        UNIQUE (id),
        FOREIGN KEY(request) REFERENCES requests (id),
        FOREIGN KEY(assessment) REFERENCES assessments (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_decisions_request ON decisions (request)",
    """
    CREATE TABLE vouchers (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        decision TEXT NOT NULL,
        household TEXT NOT NULL,
        aid TEXT NOT NULL,
        month TEXT NOT NULL,
        amount INTEGER NOT NULL,
        payee TEXT NOT NULL,
        method TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT amount_in_bounds CHECK (amount >= 1 AND amount < 1000000000000000),
        UNIQUE (number),
        FOREIGN KEY(decision) REFERENCES decisions (id),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_vouchers_decision ON vouchers (decision)",
    "CREATE INDEX vouchers_by_month ON vouchers (household, aid, month)",
    """
    CREATE TABLE cancellations (
        voucher TEXT NOT NULL,
        cancelled_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (voucher),
        FOREIGN KEY(voucher) REFERENCES vouchers (id)
    )
     STRICT
    """,
    """
    CREATE TABLE receipts (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        voucher TEXT NOT NULL,
        amount INTEGER NOT NULL,
        received_by TEXT NOT NULL,
        received_on TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT amount_in_bounds CHECK (amount >= 1 AND amount < 1000000000000000),
        UNIQUE (number),
        UNIQUE (voucher),
        FOREIGN KEY(voucher) REFERENCES vouchers (id)
    )
     STRICT
    """,
)

WORDS = "CREATE VIRTUAL TABLE household_words USING fts5(words, tokenize = 'unicode61', prefix = '2 3')"

SEALED = ("journal", "operations", "assessments", "decisions", "vouchers", "receipts", "cancellations")

GUARDS = (
    """
    CREATE TRIGGER one_live_voucher_a_month BEFORE INSERT ON vouchers
    WHEN EXISTS (
        SELECT 1 FROM vouchers
        WHERE household = NEW.household AND aid = NEW.aid AND month = NEW.month
        AND id NOT IN (SELECT voucher FROM cancellations)
    )
    BEGIN SELECT RAISE(ABORT, 'this month has a live voucher'); END
    """,
    """
    CREATE TRIGGER no_receipt_of_a_void BEFORE INSERT ON receipts
    WHEN NEW.voucher IN (SELECT voucher FROM cancellations)
    BEGIN SELECT RAISE(ABORT, 'this voucher is void'); END
    """,
)


def upgrade() -> None:
    """Make every table, the search index, and what keeps posted rows as they are."""
    for statement in (*TABLES, WORDS, *GUARDS):
        op.execute(statement)
    for table in SEALED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is sealed'); END"
            )
