"""Writes blocks.ttf: a font for tests, in which every letter is a frame with bars by its code.

Needs fontTools. The file is kept in the repository, so that tests need nothing.
"""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

CHARACTERS = [chr(code) for code in range(0x21, 0x7F)] + list("äéöüß·…–’")


def bar(pen, left, bottom, right, top):
    pen.moveTo((left, bottom))
    pen.lineTo((left, top))
    pen.lineTo((right, top))
    pen.lineTo((right, bottom))
    pen.closePath()


def letter(code):
    pen = TTGlyphPen(None)
    bar(pen, 60, 0, 130, 700)
    for bit in range(7):
        if code >> bit & 1:
            bar(pen, 130, bit * 100, 460, bit * 100 + 60)
    return pen.glyph()


names = {character: f"u{ord(character):04X}" for character in CHARACTERS}
order = [".notdef", "space", *names.values()]
glyphs = {".notdef": letter(127), "space": TTGlyphPen(None).glyph()}
glyphs |= {name: letter(ord(character)) for character, name in names.items()}
font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder(order)
font.setupCharacterMap({32: "space"} | {ord(character): name for character, name in names.items()})
font.setupGlyf(glyphs)
font.setupHorizontalMetrics({name: (520 if name != "space" else 260, 0) for name in order})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({"familyName": "Blocks", "styleName": "Regular"})
font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
font.setupPost()
font.font["head"].created = font.font["head"].modified = 0
font.font.recalcTimestamp = False
font.save("tests/fonts/blocks.ttf")
