"""
Areas: codes, vintages, look-ups, boundaries, neighbours, overlaps.

Pure functions of codes and tables; nothing here reads the evidence store. Start with:

    codes       what kind of area a code names, and which vintage of wards
    places      the London boroughs, other names for them, and names of no area
    vintages    carry a series from one vintage of boundaries to another
    rollup      add smaller areas up to larger ones, where that is allowed
    neighbours  which areas share a border, and how two sets overlap
    points      which area a longitude and latitude falls in
"""
