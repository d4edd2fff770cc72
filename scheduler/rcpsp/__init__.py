"""One project under limited resources, as PSPLIB states it (RCPSP). Used qualified: ``rcpsp.solve.solve``.

The public library's vocabulary is kept here: an activity takes some units of renewable resources for its
whole duration and cannot be stopped. Lawful dates, gates and joint reviews are the planner's above.
"""
