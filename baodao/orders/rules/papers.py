"""An order on paper: what was asked, to whom it went, who took it on, what was thought of it."""

from baodao.documents.blocks import Cell, Closing, Grid, Heading, Spread, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.parts import pairs, wide

_WIDTHS = (1.4, 1.6) * 2


def _part(title: str) -> tuple[Cell, ...]:
    """The line over one of the four parts."""
    return (Cell(line(title), 4, label=True),)


ORDER_SLIP = Form(
    "order-slip",
    "居民点单服务单",
    (
        Heading(line("居民点单服务单")),
        Spread((line("社区（盖章）：{organisation}"), line("打印日期：{as_of}")), small=True),
        Grid(
            _WIDTHS,
            (
                _part("一、居民点单"),
                wide("ordered", 3, 3),
                pairs("orderer", "phone"),
                pairs("order_place", "ordered_on"),
                _part("二、社区派单"),
                wide("order_content", 3, 2),
                pairs("handler", "dispatched_on"),
                _part("三、党员接单"),
                wide("order_takers", 3, 2),
                pairs("taken_on", "served_on"),
                wide("time_served", 3),
                _part("四、群众评单"),
                pairs("order_word", "rated_on"),
                wide("order_remark", 3, 2),
            ),
        ),
        Closing((line("点单人签字：　　　　　　"),)),
    ),
    PageSetup(top=25, bottom=20, inset=0.7, sizes=(13, 12, 11, 10)),
)

PAPERS = (ORDER_SLIP,)
