# about: Where?
# methods: overall-g
# verb: hot-spots
# run: saferplan hot-spots burglaries.csv --cell 500

# %% [markdown]
# # Does crime cluster on this map at all?
#
# Before asking which cell is hot there is a simpler question: do busy cells lie beside
# busy cells more than they would by chance? Two maps with the very same counts. On the
# first they are dealt out anyhow; on the second the nine busiest were put together.

# %%
import numpy as np
import pandas as pd
import shapely

from saferplan.methods.grid import grid_over
from saferplan.methods.overall_g import overall_g

grid = grid_over(shapely.box(0, 0, 5_000, 5_000), size=500)
random = np.random.default_rng(2)
anyhow = random.poisson(random.gamma(0.8, 4, 100))

middle = [33, 34, 35, 43, 44, 45, 53, 54, 55]
others = np.setdiff1d(np.arange(100), middle)
together = np.empty_like(anyhow)
together[middle] = np.sort(anyhow)[-9:]
together[others] = random.permutation(np.sort(anyhow)[:-9])
print(np.flipud(anyhow.reshape(10, 10)))

# %%
found = {
    name: overall_g(pd.Series(counts, index=grid.cells), grid)
    for name, counts in [("dealt out anyhow", anyhow), ("put together", together)]
}
pd.DataFrame(
    {
        name: [answer.g, answer.expected, answer.z, answer.p, answer.verdict]
        for name, answer in found.items()
    },
    index=pd.Index(["G", "expected", "z", "p", "verdict"], name=""),
)

# %% [markdown]
# **G** adds up the products of cells that touch, over the products of all pairs of
# cells. *Expected* is its mean over all ways to deal these counts out over these cells,
# which is known exactly, as is the spread that z is measured in.
#
# **What it does not mean.** It does not say where: that is what
# [hot spots](../methods/hot-spots.md) are for, and they allow for how many cells are
# looked at. A town with a busy middle clusters every year, so "high values together" is
# seldom news; "within chance" is, because it says that no cell should be made much of.
# If quiet cells gather as well as busy ones, the two can cancel out.
