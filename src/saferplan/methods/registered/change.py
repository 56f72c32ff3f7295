"""Whether a change is real."""

from saferplan.methods.registered.method import Method

METHODS = [
    Method(
        "change",
        1,
        "Change between two runs of months, allowing for chance and for counts "
        "that vary more than chance",
        "Przyborowski and Wilenski (1940); Wilson (1927); McCullagh and Nelder "
        "(1989), 4.5. Home Office rule: no percentage on a base under 50.",
    ),
    Method(
        "survey-change",
        1,
        "Change between two survey samples, with a design effect",
        "Normal approximation for independent samples.",
    ),
    Method(
        "rate-ratio",
        1,
        "Ratio of two rates with limits, and the E-test of their difference",
        "Przyborowski and Wilenski (1940); Krishnamoorthy and Thomson (2004), "
        "doi:10.1016/S0378-3758(02)00408-1.",
    ),
    Method(
        "displacement",
        1,
        "Weighted displacement difference, with weights of area, time and harm",
        "Wheeler and Ratcliffe (2018), doi:10.1186/s40163-018-0085-5.",
    ),
    Method(
        "control-chart",
        1,
        "Control chart of single values (XmR) by the NHS rules, with assurance",
        "NHS England, Making data count; NHSRplotthedots 0.2.2.",
    ),
    Method(
        "control-chart-of-counts",
        1,
        "Control charts of counts: c, u and Laney's u', with exact limits if small",
        "Montgomery, Introduction to Statistical Quality Control; Laney (2002), "
        "doi:10.1081/QEN-120006555.",
    ),
    Method(
        "false-alarms",
        1,
        "Signals to expect on a page of control charts where nothing happened",
        "Simulation of charts in control.",
    ),
    Method(
        "level-changes",
        1,
        "When the level of a count changed, at a stated rate of false alarms",
        "Likelihood ratio calibrated by simulation; binary segmentation, Scott and "
        "Knott (1974), doi:10.2307/2529204.",
    ),
    Method(
        "trend-changes",
        1,
        "Where the trend of a count turned (joinpoint), at a rate of false alarms",
        "Kim, Fay, Feuer and Midthune (2000), Permutation tests for joinpoint "
        "regression, Statistics in Medicine 19, 335-351.",
    ),
    Method(
        "busiest-window",
        1,
        "Whether the busiest stretch of days is more than chance (scan statistic)",
        "Naus (1982), Journal of the American Statistical Association 77, 177-183.",
    ),
]
