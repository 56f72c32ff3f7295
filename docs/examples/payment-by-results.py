# about: Payment by results
# methods: payment-simulation, payment-rules, payment-cash, payment-bands
# verb: simulate-payment, need-bands
# run: saferplan simulate-payment contract.toml
# run: saferplan simulate-payment contract.toml --people 300 --json
# run: saferplan need-bands bands.csv --tariff 2000

# %% [markdown]
# # Who is paid, and for what, when pay follows results?
#
# A borough offers a charity £100,000 to mentor 60 people as they leave prison. Of such
# people 30% find work without it; the charity hopes for 40%. It is to be paid if 40%
# do. Is that a fair offer, to either side? Nothing needs to happen to find out: the
# contract can be tried out on every cohort that chance can bring.

# %%
from saferplan.methods.payment_design import Band, Design
from saferplan.methods.payment_rules import PayRule
from saferplan.methods.payment_sentences import sentences
from saferplan.methods.payment_simulation import simulate_payment

people = (Band("all", people=60, usual=0.30, helped=0.40),)
cliff = PayRule(100_000, full=0.10, shape="cliff")
offer = Design(people, cliff, fixed=80_000, months=12, lag=18, title="Mentoring")
for sentence in sentences(offer, simulate_payment(offer)):
    print(sentence)

# %% [markdown]
# Six times in a hundred the borough pays £100,000 for nothing. Far worse for the
# charity: it does all that it promised, and is paid nothing 45 times in a hundred. **A
# cliff at the effect hoped for is a coin toss**, and a larger cohort does not help: the
# measured effect lies on either side of the true one as often as not, in a hundred
# people and in a hundred thousand.
#
# ## Other rules for the same work
#
# The same people and the same effect under other rules. Pay in proportion, never below
# nothing, and up to a quarter more than the price. Half of it paid whatever comes. Or
# paid by the head for each who finds work, with nothing compared.

# %%
from dataclasses import replace

import pandas as pd

rules = {
    "cliff": offer,
    "in proportion": replace(offer, rule=PayRule(100_000, full=0.10, most=1.25)),
    "half up front": replace(offer, rule=PayRule(100_000, full=0.10, block=0.5)),
    "by the head": replace(
        offer,
        rule=PayRule(100_000, full=0.40, least=None, most=None),
        counterfactual="none",
    ),
}
found = {name: simulate_payment(design) for name, design in rules.items()}
pd.DataFrame(
    {
        "pay, no effect": [each.cases["expected"][0] for each in found.values()],
        "pay, effect": [each.cases["expected"][2] for each in found.values()],
        "give or take": [each.cases["sd"][2] for each in found.values()],
        "loss, %": [100 * each.cases["loss"][2] for each in found.values()],
        "lowest balance": [each.cash["trough"][0] for each in found.values()],
    },
    index=found.keys(),
).round().astype(int)

# %% [markdown]
# The proportion looks fair, and pays £23,000 for no effect at all: pay cannot fall
# below nothing, so good luck is paid and bad luck is not taken off. By the head,
# £75,000 is for people who would have found work anyway. Half up front is partly paid
# for nothing by design; but of the rules that compare anything it leaves the charity at
# a loss least often, and with £30,000 to find of its own and not £80,000.
#
# ## Money months later
#
# Whether somebody offends again in a year is known 21 months later or more. A provider
# that spends £10,000 a month, paid for each month's results three, twelve or 21 months
# on, and with a share of the £120,000 up front:

# %%
from saferplan.methods.payment_cash import cash_flow, trough

pd.DataFrame(
    {
        f"{share:.0%} up front": [
            trough(
                cash_flow(
                    10_000,
                    months=12,
                    up_front=share * 120_000,
                    results=(1 - share) * 120_000,
                    lag=lag,
                )
            )[0]
            for lag in (3, 12, 21)
        ]
        for share in (0.0, 0.3, 0.5, 0.7)
    },
    index=pd.Index([3, 12, 21], name="months late"),
).round().astype(int)

# %% [markdown]
# Where the money comes a year late, a charity with reserves of £40,000 can bid for the
# last column alone.
#
# ## Whom it pays to leave
#
# Two groups are referred. Sixty in a hundred of the easier find work by themselves, and
# fifteen of the harder. The tariff is £2,000 for each who does.

# %%
from saferplan.methods.payment_bands import parking

bands = pd.DataFrame(
    {"usual": [0.60, 0.15], "helped": [0.70, 0.35], "cost": [150, 900]},
    index=["easier", "harder"],
)
parking(bands, tariff=2_000)[["doing_nothing", "extra", "margin", "needed"]]

# %% [markdown]
# Doing nothing earns £1,200 for each of the easier. Helping one of the harder changes
# twice as much and costs more than it brings in, so they are parked. The Work Programme
# paid more for harder groups, and providers still spent less than half of what they had
# promised on them. Pay for outcomes over those expected in each band, and parking earns
# nothing.
#
# ## Whom it pays to choose

# %%
easier = Band("easier", people=100, usual=0.60, helped=0.60)
harder = Band("harder", people=100, usual=0.20, helped=0.20, taken=0.25)
for expected in ("all", "band"):
    chosen = simulate_payment(Design((easier, harder), cliff, expected=expected))
    print(f"expected of {expected}: paid {chosen.paid_for_nothing:.1%} of the time")

# %% [markdown]
# Nobody was helped. By taking on a quarter of the harder the provider is paid most of
# the time, unless what is expected is that of the bands it took.
#
# ## What happened
#
# **Doncaster prison** had a tenth of its contract at risk, for 5 points fewer who
# offend again. The first cohort fell 5.7 points and it was paid; the next 3.3, and it
# repaid the tenth. The error of such a fall, of 1,400 men against 1,400, is 1.9 points.

# %%
men = (Band("men", people=1_400, usual=0.57, helped=0.52),)
tenth = PayRule(100, full=0.05, shape="cliff", block=0.9)
doncaster = simulate_payment(Design(men, tenth, better="down", before=1_400))
lower, upper = doncaster.cases.loc[2, ["measured_lower", "measured_upper"]]
print(f"with a true fall of 5 points, {100 * lower:.1f} to {100 * upper:.1f} show")
print(f"and it would not be paid {doncaster.not_paid_for_success:.0%} of the time")

# %% [markdown]
# **The Work Programme** paid up to £3,810 for a young jobseeker, £400 of it at the
# start. Of 13,560 prison leavers 360 reached a job outcome, 2.7%: so for them it was,
# in effect, a payment for starting.

# %%
from saferplan.methods.payment_bands import staged_pay

amounts = pd.DataFrame({"start": 400, "job": 1_200}, index=["prison leavers"])
reached = pd.DataFrame({"start": 1.0, "job": 360 / 13_560}, index=["prison leavers"])
staged_pay(amounts, reached).round(3)

# %% [markdown]
# **Troubled Families** paid up to £4,000 for a family turned round, 80% of it up front
# in the first year and 40% in the third, and for five families in six, as one would
# have turned anyway. **Peterborough** is in
# [how many people does it take?](smallest-cohort.md)
#
# ## From the command line
#
# ```toml
# title = "Mentoring"
# counterfactual = "historic"   # or none, matched, areas
# fixed = 80000                 # what it costs the provider, in pounds
# months = 12
# lag = 18                      # months to the money
#
# [pay]
# rule = "cliff"                # or linear, capped, floored, hybrid, steps, block
# price = 100000
# full = 0.10                   # the improvement that earns the price
#
# [[bands]]
# name = "all"
# people = 60
# usual = 0.30
# helped = 0.40
# ```
#
# **What it cannot say:** whether the service works, or what a provider will do. It says
# what the contract rewards.
