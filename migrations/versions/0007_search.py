"""What can be found: the sections of all that is published, and their words."""

from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_section")),
    )
    op.create_index(op.f("ix_search_section_source"), "search_section", ["source"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_text USING fts5"
            "(title, heading, body, beside, tokenize = 'ascii', prefix = '2 3')"
        )
        return
    # Vectors lie beside their ids and are not packed where they fit on a page: ranking looks through thousands.
    op.execute(
        "CREATE TABLE search_text (id INTEGER CONSTRAINT pk_search_text PRIMARY KEY, "
        "title TSVECTOR NOT NULL, above TSVECTOR NOT NULL, words TSVECTOR NOT NULL) "
        "WITH (toast_tuple_target = 8160)"
    )
    op.execute("CREATE INDEX ix_search_text_words ON search_text USING gin (words)")
