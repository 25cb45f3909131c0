"""The formulas of the Karzakan guide, clause group by clause group; every number comes from its pack."""
