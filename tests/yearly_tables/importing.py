"""Tables that are uploaded and imported, and what is kept of them."""

from django.contrib.auth.models import User

from letters import workflow
from letters.tables.models import TableFigure
from tests import factories

HEAD = "Authority,Upheld,Not upheld,Uphold rate (%)"


def uploaded(*lines, year=2020, name="table.csv"):
    review = factories.edition(year)
    by = User.objects.first() or factories.staff()
    return workflow.receive_table(review, "\n".join(lines).encode(), name, by)


def imported(*lines, **options):
    table = uploaded(*lines, **options)
    workflow.confirm_table(table, table.uploaded_by, workflow.preview_table(table).digest)
    return table


def kept(council):
    counting = TableFigure.objects.filter(council=council, superseded_at=None)
    return {(figure.measure, figure.field): figure.number for figure in counting}
