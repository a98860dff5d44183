"""Where each column comes from, read out of the SQL that makes it: back to HotWax's tables and Retail Pro's files."""

from functools import cache

from sqlglot import exp, parse_one
from sqlglot.lineage import Node, lineage  # pyright: ignore[reportUnknownVariableType] - its **kwargs

from retailsync_assets.assets.lineage import Origin
from retailsync_assets.resources.sql import query
from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.project.tree import SQL

RECORDS, RAW_FILE = "raw_records", "raw_reset_file"
"""What the queries call the records of a raw file → the asset that they are of."""

ANSWERS = {
    "sold_online": "oms/active_products",
    "open_stores": "oms/stores",
    "shipped": "oms/shipped_lines",
    "movements": "oms/movements",
    "imports": "oms/import_log",
    "effects": "oms/reset_effects",
    "on_hand": "oms/on_hand",
    "movements_since": "oms/movements_since",
}
"""A table that an asset loads into DuckDB → the query in HotWax's database whose answer it is."""

STANDS_FOR = {
    "variance_delivered": "variance_delivery",
    "earlier_nights_stores": "stores",
    "earlier_nights_raw_stores": "raw_stores",
}
"""A table that an asset loads → the table of the lake whose rows these are."""

MADE_BY = {"variance_delivery": "variance_due"}
"""A table that no query of its own name makes → the query that does."""

HANDED_ON = {"reset_delivery": "filtered_reset"}
"""A table that no query makes → the one whose columns it hands on under their names."""

NO_TABLES = {"oms", "sandbox", "metadata", "reporting"}
"""Folders of sql/ whose answers become no table of DuckDB's under their own name."""

Leaf = tuple[str, str]


def derived(table: str) -> dict[str, tuple[Origin, ...]]:
    """Column → what its values are made of, one step back; a column without any is a constant, a count, or a file's."""
    if table in HANDED_ON:
        source = HANDED_ON[table]
        handed_on = {column.name for column in TABLES[source]}
        return {
            column.name: (Origin("lake", source, column.name),) if column.name in handed_on else ()
            for column in TABLES[table]
        }
    name = _query_of(MADE_BY.get(table, table))
    leaves = _leaves(name) if name else {}
    return {
        column.name: tuple(sorted({origin for leaf in leaves.get(column.name, ()) for origin in _back(leaf)}))
        for column in TABLES[table]
    }


def _back(leaf: Leaf) -> set[Origin]:
    """From a table as the query names it to the lake's or HotWax's."""
    table, column = leaf
    if table == RECORDS:
        return {Origin("lake", RAW_FILE, column)}
    table = STANDS_FOR.get(table, table)
    if table in TABLES:
        return {Origin("lake", table, column)}
    if table in ANSWERS:
        return {Origin("HotWax", *further) for further in _leaves(ANSWERS[table]).get(column, ())}
    if name := _query_of(table):
        return {origin for further in _leaves(name).get(column, ()) for origin in _back(further)}
    return {Origin("file", table, column)}


@cache
def _leaves(name: str) -> dict[str, frozenset[Leaf]]:
    """Column of a query's answer → the columns of the tables it reads."""
    dialect = "mysql" if name.startswith("oms/") else "duckdb"
    tree = parse_one(query(name), dialect=dialect)
    read = {table.name for table in tree.find_all(exp.Table)} - {part.alias for part in tree.find_all(exp.CTE)}
    schema = {table: dict.fromkeys(columns, "VARCHAR") for table in read if (columns := _columns(table))}
    _spell_out(tree, schema)
    nodes = lineage(None, tree, schema, dialect=dialect, trim_selects=False)
    return {column: frozenset(_tables_of(node)) for column, node in nodes.items()}


def _columns(table: str) -> tuple[str, ...]:
    table = STANDS_FOR.get(table, table)
    if table in TABLES:
        return tuple(column.name for column in TABLES[table])
    name = _query_of(table) if table not in ANSWERS else None
    return tuple(_leaves(name)) if name else ()


@cache
def _query_of(table: str) -> str | None:
    """The query that makes a table, by its path below sql/; None for a table that no query of its own name makes."""
    paths = [file.relative_to(SQL).with_suffix("").as_posix() for file in SQL.rglob(f"{table}.sql")] if table else []
    found = [path for path in paths if path.partition("/")[0] not in NO_TABLES]
    assert len(found) <= 1, f"two queries make {table}: {found}"
    return found[0] if found else None


def _spell_out(tree: exp.Expr, schema: dict[str, dict[str, str]]) -> None:
    """Structures as columns of their own, `list__field`: written by one query, taken apart by `unnest` in another."""
    for select in tree.find_all(exp.Select):
        for projection in list(select.selects):
            for structure in projection.find_all(exp.Struct):
                for field in structure.expressions:
                    named = f"{projection.alias}__{field.name}"
                    select.append("expressions", exp.alias_(field.expression.copy(), named))
            if isinstance(projection, exp.Explode):
                prefix = f"{projection.this.name}__"
                fields = [name for columns in schema.values() for name in columns if name.startswith(prefix)]
                for field in fields:
                    select.append("expressions", exp.alias_(exp.column(field), field.removeprefix(prefix)))
                projection.pop()


def _tables_of(node: Node) -> set[Leaf]:
    ends = [each for each in node.walk() if not each.downstream and isinstance(each.expression, exp.Table)]
    return {(each.expression.name, each.name.rpartition(".")[2].strip('"')) for each in ends}
