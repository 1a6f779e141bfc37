"""The commit that publications and versions come from, and what a publication changed."""

from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("publication", "module_version"):
        op.add_column(name, sa.Column("commit", sa.String(length=64), nullable=True))
        op.add_column(name, sa.Column("author", sa.String(length=300), nullable=True))
        op.add_column(name, sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("publication") as table:
        table.add_column(sa.Column("fingerprint", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("restores_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("changes", sa.JSON(), nullable=True))
        table.create_foreign_key(
            op.f("fk_publication_restores_id_publication"), "publication", ["restores_id"], ["id"]
        )
