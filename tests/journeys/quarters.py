"""A community's quarter with thirty households, lived by commands in the running city: files,
measures, visits of a help group; and the night in which a file is deleted by its date."""

from datetime import timedelta

from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.helpgroups.commands.groups import found_group, join_group
from baodao.helpgroups.commands.helps import HelpFacts, state_help
from baodao.helpgroups.commands.households import assign_household
from baodao.helpgroups.rules.groups import AideFacts
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.residents.commands.files import add_household
from baodao.residents.commands.measures import note_measure, plan_measure
from baodao.residents.models import HouseholdFile
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import FileBasisFacts, MeasureFacts, SupportFacts
from baodao.residents.tasks import forget_files
from baodao.statements.commands.statements import confirm_statements

DAYS, NUMBER, OF_THE_GROUP = 55, 30, 10
GRADES = ("close", "regular", "light")
SURNAMES = "闵裴柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"


def thirty_households(worker: str, aide: str) -> tuple[str, str]:
    """Thirty households of the worker's community since almost two months ago: a measure for each,
    two of three done; ten of them with a help group that visits one a week, the last file to be
    deleted tonight. Returns the number of the first and of the last file."""
    an, member = (actor_of(Account.objects.get(name=name)) for name in (worker, aide))
    start = clock.now() - timedelta(days=DAYS)
    with clock.at(start):
        files = [_filed(an, number) for number in range(NUMBER)]
        group = found_group(an, community_id=files[0].community_id, name="三十户帮扶小组")
        facts = AideFacts("backbone", person_id=member.person_id)
        join_group(an, group_id=group.pk, aide=facts)
        stands = [
            assign_household(an, group_id=group.pk, file_id=file.pk, title=f"第{number + 1}户")
            for number, file in enumerate(files[:OF_THE_GROUP])
        ]
    for week in range(1, DAYS // 7):
        with clock.at(start + timedelta(days=7 * week)):
            help_given = HelpFacts("company", clock.today(), 20, "")
            told = state_help(member, stand_id=stands[week].pk, help_given=help_given)
            confirm_statements(an, statement_ids=[told.pk])
    with clock.at(start + timedelta(days=30)):
        for number, file in enumerate(files):
            if number % 3:
                done = {"done_on": clock.today(), "outcome": "已办好"}
                note_measure(an, measure_id=file.measures.get().pk, **done)
    return files[0].number, files[-1].number


def _filed(an: Actor, number: int) -> HouseholdFile:
    """One of them with its measure; the last is kept until today."""
    today = clock.today()
    days = DAYS if number == NUMBER - 1 else 365
    community = Organisation.objects.get(path=an.grants[0].path)
    entry = HouseholdEntry(f"{SURNAMES[number]}秀珍", "独居", "", f"柳荫里{number}号楼")
    file = add_household(
        an,
        community_id=community.pk,
        entry=entry,
        support=SupportFacts(["alone"], GRADES[number % 3]),
        basis=FileBasisFacts("duty", "民政救助台账", today, today + timedelta(days=days)),
    )
    measure = MeasureFacts("home", "检修水电", today + timedelta(days=DAYS + 2), "网格员")
    plan_measure(an, file_id=file.pk, measure=measure)
    return file


def night_of_deletion() -> int:
    """Files that stand the night after today: those whose last day is over are deleted."""
    with clock.at(clock.now() + timedelta(days=1)):
        forget_files()
    return HouseholdFile.objects.filter(ended_at=None).count()
