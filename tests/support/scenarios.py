"""A scenario that passes, with a wrong turn that can be recovered from, a reflection and a calculator."""

SCENARIO = """\
/// scenario | profit-warning
    outcome: 2
    about: how to act on a warning
    title: the profit warning

The supplier runs healthcare in six custody suites.

### tuesday | Tuesday
    stands: Custody suites staffed | 6 of 6
    stands: Supplier can pay until | not known

An agency says that it was paid two weeks late. What do you do?

- [x] Record it with an owner -> thursday
    > Now somebody asks.
- [ ] Wait for a second sign -> wednesday
    > It comes the next day.

### wednesday | Wednesday

A second agency rings. What do you do?

- [x] Ask both for dates
    > Both send them.
- [ ] Tell the suites
    > The news reaches the supplier.

### thursday | Thursday, 16:10
    stands: Supplier can pay until | Week 9

The parent warns of lower profit. What do you do first?

- [x] Ask for a cash forecast
    > You know that it can pay until week 9.
- [ ] Give notice
    > You may have no right to.
- [ ] Wait for the accounts -> end
    > April is too late.

### friday | Friday

The forecast has a gap. Who is told?

- [x] The contract manager -> end
    > The one who can act knows.
- [ ] The press
    > The supplier hears it from them.
///
"""

REFLECTION = """\
/// reflection | on-monday
Which of **your** suppliers would you ask first, and why?
///
"""

CALCULATOR = """\
/// calculator | standstill
    published: 2026-11-26
    days: 8
///
"""
