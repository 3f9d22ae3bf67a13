# mypy: allow-untyped-defs
"""Draws random numbers by key: each is computed from what it is for, and not taken from a stream in turn.

A number belongs to a seed, a replication, a place, a moment and a purpose. Whatever else is drawn, before it or beside
it, changes nothing about it.
"""

import math

import numpy as np

from sim.model.rules.compiled import rule

ROUNDS = 10
MULTIPLY_0, MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
ADD_0, ADD_1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
HALF = np.uint64(32)  # bits

WORDS = 4  # random numbers that one computation gives
RESOLUTION = 2.0**-32

# Coefficients of Wichura (1988), algorithm AS 241 (PPND16), lowest power first.
MIDDLE = 0.425
MIDDLE_OVER = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
MIDDLE_UNDER = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
TAIL_OVER = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
TAIL_UNDER = (
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip


@rule
def mix(c0, c1, c2, c3, k0, k1):
    """Four random words from a counter of four words and a key of two, all uint32: Philox 4x32-10 (Salmon et al. 2011).

    It has no state: the same counter and key give the same words, and each counter gives words of its own.
    """
    for _ in range(ROUNDS):
        p0 = MULTIPLY_0 * np.uint64(c0)
        p1 = MULTIPLY_1 * np.uint64(c2)
        c0 = np.uint32(p1 >> HALF) ^ c1 ^ k0
        c1 = np.uint32(p1)
        c2 = np.uint32(p0 >> HALF) ^ c3 ^ k1
        c3 = np.uint32(p0)
        k0 = np.uint32(k0 + ADD_0)
        k1 = np.uint32(k1 + ADD_1)
    return c0, c1, c2, c3


@rule
def uniform(word):
    """A number from a word, uniform on (0, 1): never 0 and never 1."""
    return (word + 0.5) * RESOLUTION


@rule
def polynomial(x, c):
    """c[0] + c[1] x + ... + c[7] x^7."""
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]


@rule
def normal_in_the_middle(q):
    """The normal number whose probability is 0.5 + q, for |q| <= 0.425."""
    r = 0.180625 - q * q
    return q * polynomial(r, MIDDLE_OVER) / polynomial(r, MIDDLE_UNDER)


@rule
def normal_in_a_tail(q):
    """The same for 0.425 < |q| < 0.5 - 1.4e-11, beyond which no number from a word lies."""
    r = math.sqrt(-math.log(0.5 - abs(q))) - 1.6
    z = polynomial(r, TAIL_OVER) / polynomial(r, TAIL_UNDER)
    return z if q > 0.0 else -z


@rule
def fill_uniform(numbers, words, places, moment, purpose, key):
    """Fill the numbers (rows, fields) of some places at some moments on end with uniform ones, moment by moment.

    words: (4, room) of uint32, scratch: so many rows are drawn at a time. places: those of one moment, uint32. moment:
    the first. key: (4,) of uint32: seed, then replication. Four fields have the same purpose, the next four the next.
    """
    rows, fields = numbers.shape
    room = words.shape[1]
    for field in range(0, fields, WORDS):
        place = 0
        when = np.uint32(((purpose + field // WORDS) << 16) | moment)
        for first in range(0, rows, room):
            many = min(room, rows - first)
            for r in range(many):
                words[0, r] = places[place]
                words[1, r] = when
                place += 1
                if place == places.shape[0]:
                    place = 0
                    when = np.uint32(when + np.uint32(1))
            for r in range(many):
                words[0, r], words[1, r], words[2, r], words[3, r] = mix(
                    words[0, r], words[1, r], key[2], key[3], key[0], key[1]
                )
            for k in range(min(WORDS, fields - field)):
                for r in range(many):
                    numbers[first + r, field + k] = uniform(words[k, r])


@rule
def make_normal(numbers, tails, beyond):
    """Turn uniform numbers (n,) into standard normal ones, in place, one for one (Wichura 1988, AS 241).

    tails: (room,) of int64, beyond: (room,) of float64, scratch: so many numbers are turned at a time. One in seven
    needs a logarithm: all go the short way together, several at once in a processor, and those are put in afterwards.
    """
    for first in range(0, numbers.shape[0], tails.shape[0]):
        some = numbers[first : first + tails.shape[0]]
        found = 0
        for j in range(some.shape[0]):
            some[j] -= 0.5
            tails[found] = j
            found += 1 if abs(some[j]) > MIDDLE else 0
        for t in range(found):
            beyond[t] = normal_in_a_tail(some[tails[t]])
        for j in range(some.shape[0]):
            some[j] = normal_in_the_middle(some[j])
        for t in range(found):
            some[tails[t]] = beyond[t]
