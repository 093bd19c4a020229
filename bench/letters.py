"""Letters of introduction for a whole unit, all different: one PDF, and one Word document.

The limit is typst setting the same pages from a program whose texts are written into it, without
data, codes or choice of size. The peer is docxtpl filling a layout once a letter, on a tenth of
them. Every round has new names, so that no round profits from what typst remembers of another.
"""

import json
from io import BytesIO

import typst
from docx import Document
from docxtpl import DocxTemplate

from baodao.documents import fonts
from baodao.documents.fields import FIELDS
from baodao.documents.pdf import render_pdf
from baodao.documents.sheets import paper_text
from baodao.documents.word import render_docx
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from bench import frame

Letter = dict[str, object]
PEER_SHARE = 10


def letters(count: int, round_: int, seed: int) -> list[Letter]:
    """Invented letters, each with a name, number and code of its own."""
    return [
        {
            "community": "柳荫社区党委",
            "name": f"陈{seed}{round_}{index:05d}",
            "workplace": "东岸区城乡建设局",
            "grade": "正式",
            "sex": "女" if index % 2 else "男",
            "born_on": f"{1965 + index % 38}-{1 + index % 12:02d}",
            "joined_on": f"{1990 + index % 34}-{1 + index % 12:02d}",
            "position": "科员",
            "specialty": "法律咨询",
            "phone": f"199****{index % 10_000:04d}",
            "address": f"东岸区柳荫街道{index}号3单元402室",
            "unit": "区城建局机关党委",
            "unit_contact": "邓敏",
            "unit_phone": "0990-1000001",
            "issued_on": "2026-07-01",
            "number": f"〔2026〕{index + 1:03d}号",
            "verify_url": f"http://localhost:8000/v/{seed % 10}{round_:03d}{index:018d}/",
        }
        for index in range(count)
    ]


def constant(items: list[Letter]) -> bytes:
    """A typst program that shows the same letters, every text a literal of it."""
    song = json.dumps(fonts.faces().song, ensure_ascii=False).replace("[", "(").replace("]", ")")
    pages = []
    for item in items:
        written = {
            name: json.dumps(paper_text(value, FIELDS[name].kind), ensure_ascii=False)
            for name, value in item.items()
            if name in FIELDS
        }
        cells = ("sex", "born_on", "joined_on", "position", "specialty", "phone", "address")
        labelled = [f"[{FIELDS[name].label}], [#{written[name]}]," for name in cells]
        pages.append(
            "#align(center, text(size: 22pt)[*在职党员报到介绍信*])\n"
            f"#{written['number']}\n\n#{written['community']}：\n\n"
            f"兹有#{written['name']}同志，在#{written['workplace']}工作，系中共#{written['grade']}"
            "党员，现前往你处报到，按照安排参加社区服务。请予接收，并将回执交回我单位。\n\n"
            f"#table(columns: 4, {' '.join(labelled)})\n"
            f"#{written['unit_contact']} #{written['unit_phone']}\n\n"
            f"#align(right)[#{written['unit']}（盖章）\\ #{written['issued_on']}]\n\n"
            "沿此线裁开\n\n#align(center, text(size: 22pt)[*在职党员报到介绍信回执*])\n"
            f"#{written['number']}\n\n#{written['unit']}：\n\n#{written['name']}同志所持介绍信收悉，"
            "现已在我处登记报到，由我处安排参加社区服务。特此回执。\n\n"
            "#align(right)[社区党组织（盖章）]\n"
        )
    head = f'#set text(font: {song}, size: 16pt, lang: "zh")\n#set page(paper: "a4")\n'
    return (head + "\n#pagebreak()\n".join(pages)).encode()


def peer_layout() -> bytes:
    """The same letter as a docxtpl layout."""
    document = Document()
    for field in INTRODUCTION_LETTER.fields:
        document.add_paragraph(f"{field.label}：{{{{ {field.name} }}}}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class Round:
    """One round: the same new letters for everybody."""

    def __init__(self, items: list[Letter], layout: bytes) -> None:
        self.items, self.layout = items, layout
        self.program = constant(items)
        self.compiler = typst.Compiler(font_paths=fonts.collection(), ignore_system_fonts=True)

    def pdf(self) -> None:
        render_pdf(INTRODUCTION_LETTER, self.items)

    def word(self) -> None:
        render_docx(INTRODUCTION_LETTER, self.items)

    def limit(self) -> None:
        self.compiler.compile(self.program, format="pdf", pdf_standards="a-2u", pdf_tags=False)

    def peer(self) -> None:
        for item in self.items[: len(self.items) // PEER_SHARE]:
            document = DocxTemplate(BytesIO(self.layout))
            document.render(item, autoescape=True)
            document.save(BytesIO())


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count, rounds = (1_000, 5) if options.full else (200, 3)
    layout = peer_layout()
    taken: dict[str, list[float]] = {"pdf": [], "limit": [], "word": [], "peer": []}
    render_pdf(INTRODUCTION_LETTER, letters(1, 0, options.seed))
    for number in range(1, rounds + 1):
        one = Round(letters(count, number, options.seed), layout)
        for name, spent in taken.items():
            spent.append(frame.seconds(getattr(one, name)))
    middle = {name: frame.median(spent) for name, spent in taken.items()}
    peer = middle["peer"] * PEER_SHARE
    print(f"{count} letters: PDF {middle['pdf']:.2f} s, typst alone {middle['limit']:.2f} s,")
    print(f"Word {middle['word']:.2f} s, docxtpl {peer:.2f} s")
    frame.report(
        "letters",
        middle["pdf"],
        "s",
        limit=round(middle["limit"], 4),
        peer=round(peer, 4),
        rows=count,
        seed=options.seed,
        word=round(middle["word"], 4),
        word_ratio_to_peer=round(middle["word"] / peer, 3),
    )


if __name__ == "__main__":
    main()
