"""A dozen customers out of the demo's words, the same at every telling, with everything in them that a workbook can carry."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.demo.sample.customers import Company, companies
from domain.seeding import PastCustomer, PastFollowup, PastSpan
from domain.stages import NON_COOPERATING, Gained, Lost, ReleaseReason, Stage
from tests.domain.office import MONDAY

FIRMS = 12
OWNERS = ("an", "bai", "xu", "ye")
RISKY = ("=1+1", "+86 532", "-", "@sum", "#N/A", "'quoted", "001234", "1e5", "2026-01-02", "true", "a\nb", " 是 ".strip())
"""Texts that a program may take for something else."""

_RELEASED = {"lost": Lost.RELEASED, "reason": ReleaseReason.PRICE}


def story(ids: Mapping[str, int]) -> list[PastCustomer]:
    """For the people of the usual office."""
    made = companies(random.Random(FIRMS))[:FIRMS]
    return [_past(company, number, ids) for number, company in enumerate(made)]


def _past(company: Company, number: int, ids: Mapping[str, int]) -> PastCustomer:
    stage = list(Stage)[number % len(Stage)]
    began = MONDAY.utc - timedelta(days=300 + number, minutes=7 * number)
    owner, before = (ids[OWNERS[(number + shift) % len(OWNERS)]] for shift in (0, 1))
    spans = (
        PastSpan(before, began, Gained.ENTERED, None, began + timedelta(days=40), **_RELEASED),
        PastSpan(owner, began + timedelta(days=60), Gained.CLAIMED, None),
    )
    spans = spans[: number % 3]  # in the pool, never owned or once; or somebody's
    talks = tuple(
        PastFollowup(owner, began + timedelta(days=day, seconds=day), "call", f"{RISKY[-1 - number]} {day}", date(2026, 3, day))
        for day in range(1, number % 4)
    )
    signed = stage not in NON_COOPERATING
    name = company.record.name
    return PastCustomer(
        customer=replace(company.record, stage=stage, remark=RISKY[number]),
        created_by=None,
        created_at=began,
        spans=spans,
        followups=talks,
        signed_at=began if signed else None,
        monthly_volume=company.volume,
        volume_unit=company.volume_unit,
        incoterms=company.incoterms,
        competitors=company.competitors,
        partner_name=f"{company.record.short_name} {number}" if signed and number % 2 else None,
        imported_from=name if number % 2 else None,
    )
