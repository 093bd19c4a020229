"""Who asks, and whom they must not see."""

BACKEND = "baodao.accounts.adapter.AccountBackend"
CAST = (
    *("none", "gu", "chen", "an", "ji", "bao"),
    *("deng", "dai", "qin", "fan", "sun", "shen", "su"),
    *("lu", "mei", "zhou", "tao", "wen", "yan"),
)
"""`none` is a visitor; the last six had to do with the canary, its unit or its community once, or
were entered three times, see `past.py`; the others are drawn in `tests/world.py`."""

PROGRAMS = {
    "an": "willow",
    "bao": "bridge",
    "deng": "bureau",
    "qin": "first",
    "fan": "east",
    "lu": "commission",
    "mei": "north",
    "zhou": "willow",
    "tao": "bank",
    "wen": "trade",
    "xu": "bureau",
    "gao": "willow",
}
"""Whose programs ask the API, each with a token for everything that they held at a place: the first
five hold it still. The unit and the community of Lu and Mei are those of before, Zhou's grant was
taken back and that of Xu is over by its day, Tao's community was merged, Wen's unit was split, and
Gao is stopped."""

CANARIES = ("金丝雀", "19900007777")
"""A member of Deng's unit received by An, and their telephone: who must not see them never does."""

PRESENT = ("19900007777", "雀巷七号", "观鸟员")
"""What became of the canary after it moved: those of before never learn it."""

ASKERS = ("云雀阿姨", "19900008888")
"""Who asked An's community for help, and their telephone: nobody but An ever sees the name."""
