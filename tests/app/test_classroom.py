"""A class predicts together: by a code, each seat once, without names, and nothing stays after it."""

import threading
import time

import pytest

from sim.app.learn.classroom import CODE, DESERTED, LETTERS, LONGEST, MOST_ROOMS, MOST_SEATS, Room, Rooms, Stage, Taught


def seat_in(room: Room) -> str:
    """A seat of somebody who comes in."""
    seat = room.join()
    assert seat is not None
    return seat


def opened(rooms: Rooms) -> Room:
    room = rooms.open("honeymoon")
    assert room is not None
    return room


def test_thirty_guess_at_once_and_each_counts_once():
    room = Room("ABCD", "honeymoon")
    seats = [seat_in(room) for _ in range(30)]
    assert len(set(seats)) == room.students == 30
    heard: list[object] = []
    stop = room.watch(heard.append, teacher=True)
    hands = [threading.Thread(target=room.guess, args=(seat, 1, "rises")) for seat in seats for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    room.guess(seats[0], 1, "falls")  # a guess is final
    room.guess("stranger", 1, "falls")
    assert room.tally(1) == {"rises": 30}
    assert room.guess_of(seats[0], 1) == "rises"
    late = seat_in(room)
    room.go_on(1, Stage.GUESSES)
    room.guess(late, 1, "falls")  # who has seen what others guess predicts nothing
    room.go_on(1, Stage.RESULT)
    room.go_on(1, Stage.GUESSES)  # a click that comes late
    assert room.stage(1) == Stage.RESULT
    assert room.stage(2) == Stage.GUESSING
    assert room.tally(1) == {"rises": 30}
    stop()
    assert heard


def test_who_comes_back_has_the_same_seat():
    room = Room("ABCD", "honeymoon")
    seat = seat_in(room)
    assert room.join(seat) == seat
    assert room.students == 1
    assert room.join("made up") not in ("made up", None)
    assert room.place_of(seat) == 0


def test_a_full_class_takes_nobody_more():
    room = Room("ABCD", "honeymoon")
    for _ in range(MOST_SEATS):
        room.join()
    assert room.join() is None


def test_a_class_is_found_by_its_code_until_it_is_over():
    rooms = Rooms()
    room = opened(rooms)
    assert len(room.code) == CODE
    assert set(room.code) <= set(LETTERS)
    assert rooms.find(f" {room.code.lower()} ") is room
    assert rooms.find("1234") is None
    room.guess(seat_in(room), 1, "rises")
    room.close()
    assert rooms.find(room.code) is None
    assert room.students == 0
    assert not room.tally(1)
    assert room.join() is None


@pytest.mark.parametrize(
    ("passed", "teaching", "found"),
    [(DESERTED + 1, True, True), (DESERTED + 1, False, False), (LONGEST + 1, True, False)],
)
def test_a_class_without_its_teacher_ends_by_itself(monkeypatch, passed, teaching, found):
    rooms = Rooms()
    room = opened(rooms)
    stop = room.watch(lambda _: None, teacher=True)
    if not teaching:
        stop()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + passed)
    assert (rooms.find(room.code) is room) == found
    monkeypatch.undo()
    if teaching:
        stop()


def test_a_class_goes_on_after_a_restart_with_its_key_seats_and_guesses():
    before = opened(Rooms())
    seat = seat_in(before)
    before.guess(seat, 1, "rises")
    before.go_on(1, Stage.GUESSES)
    rooms = Rooms()
    assert rooms.find(before.code) is None
    came = threading.Event()
    stop = rooms.wait_for(before.code, came.set)  # a student's page, which is there before the teacher's
    room = rooms.go_on(before.code, before.taught)
    assert room is not None
    assert rooms.go_on(before.code, Taught("another key", "honeymoon")) is room
    assert came.wait(60)
    stop()
    assert (room.key, room.lesson, room.stage(1)) == (before.key, before.lesson, Stage.GUESSES)
    assert room.join(seat, {1: "rises"}) == seat
    assert room.join(seat, {1: "falls"}) == seat
    assert room.tally(1) == {"rises": 1}
    assert room.students == 1


def test_who_no_longer_waits_for_a_class_hears_nothing():
    rooms, heard = Rooms(), threading.Event()
    rooms.wait_for("ABCD", heard.set)()
    rooms.go_on("ABCD", Taught("a key", "honeymoon"))
    assert not heard.wait(0.05)


def test_there_are_not_too_many_classes():
    rooms = Rooms()
    full = [opened(rooms) for _ in range(MOST_ROOMS)]
    assert rooms.open("honeymoon") is None
    assert rooms.go_on("ABCD", Taught("a key", "honeymoon")) is None
    full[0].close()
    assert rooms.open("honeymoon") is not None
