"""A brand file: what it may say, and one message for everything else."""

import io

import pytest
from PIL import Image

from sim.scenario.problems import InputError
from sim.view.report.brand import LARGEST_LOGO, Brand, read_brand


def picture(kind="PNG"):
    data = io.BytesIO()
    Image.new("RGB", (8, 4), "red").save(data, kind)
    return data.getvalue()


@pytest.fixture
def brand(tmp_path):
    def write(text, **files):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        path = tmp_path / "brand.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_everything_that_it_can_say(brand, kind, media):
    path = brand('name = "Ämter & Co"\ncolour = "#ab12cd"\nfooter = "Page"\nlogo = "logo"', logo=picture(kind))
    found = read_brand(path)
    assert found[:3] == ("Ämter & Co", "#AB12CD", "Page")
    assert found.kind == kind
    assert found.logo_address.startswith(f"data:{media};base64,")


def test_everything_may_be_left_out(brand):
    assert read_brand(brand("")) == Brand()
    assert Brand().logo_address == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('nmae = "x"', "nmae: unknown key; did you mean `name`?"),
        ("name = 3", "name: got 3; allowed is text of 1 to 120 characters"),
        (f'name = "{"x" * 200}"', "allowed is text of 1 to 120 characters"),
        ('colour = "red"', 'colour: got "red"; write it as #RRGGBB'),
        ("name = ", "not valid TOML"),
        ('logo = "nowhere.png"', "nowhere.png: no such file. Its path starts from the folder of the brand file"),
        ('logo = "broken.png"', "broken.png is broken, or neither PNG nor JPEG"),
        ('logo = "cut.png"', "cut.png is broken, or neither PNG nor JPEG"),
        ('logo = "other.gif"', "other.gif is broken, or neither PNG nor JPEG"),
        ('logo = "huge.png"', f"huge.png has {LARGEST_LOGO + 1:,} bytes; allowed are {LARGEST_LOGO:,}"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(brand, text, message):
    files = {"broken.png": b"no picture", "cut.png": picture()[:40], "other.gif": picture("GIF")}
    path = brand(text, **files, **{"huge.png": b"x" * (LARGEST_LOGO + 1)})
    with pytest.raises(InputError, match=r"brand\.toml") as error:
        read_brand(path)
    assert message in str(error.value)


def test_a_brand_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml: no such file\. A brand file is TOML"):
        read_brand(tmp_path / "none.toml")
