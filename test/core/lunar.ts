/**
 * The lunar calendar of Vietnam from astronomy (new moons and the sun's longitude at UTC+7; J. Meeus, Astronomical
 * Algorithms, short series), to hold the table of src/core/holidays.ts against.
 */
const timeZoneDays = 7 / 24;
const radians = Math.PI / 180;

/** Day of 1970-01-01 = 0, in Vietnam, of the new moon with that index (0: January 1900). */
function newMoonDay(index: number): number {
  const t = index / 1236.85;
  const dr = radians;
  const base = 2415020.75933 + 29.53058868 * index + 0.0001178 * t ** 2 - 0.000000155 * t ** 3;
  const mean = base + 0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t ** 2) * dr);
  const m = (359.2242 + 29.10535608 * index - 0.0000333 * t ** 2 - 0.00000347 * t ** 3) * dr;
  const mp = (306.0253 + 385.81691806 * index + 0.0107306 * t ** 2 + 0.00001236 * t ** 3) * dr;
  const f = (21.2964 + 390.67050646 * index - 0.0016528 * t ** 2 - 0.00000239 * t ** 3) * dr;
  const shift =
    (0.1734 - 0.000393 * t) * Math.sin(m) +
    0.0021 * Math.sin(2 * m) -
    0.4068 * Math.sin(mp) +
    0.0161 * Math.sin(2 * mp) -
    0.0004 * Math.sin(3 * mp) +
    0.0104 * Math.sin(2 * f) -
    0.0051 * Math.sin(m + mp) -
    0.0074 * Math.sin(m - mp) +
    0.0004 * Math.sin(2 * f + m) -
    0.0004 * Math.sin(2 * f - m) -
    0.0006 * Math.sin(2 * f + mp) +
    0.001 * Math.sin(2 * f - mp) +
    0.0005 * Math.sin(2 * mp + m);
  const dynamicalDays = -0.000278 + 0.000265 * t + 0.000262 * t ** 2;
  return Math.floor(mean + shift - dynamicalDays + 0.5 + timeZoneDays) - 2440588;
}

/** Which twelfth of its way the sun is in at midnight of that day; 9 from the winter solstice on. */
function sunTwelfth(day: number): number {
  const t = (day + 2440588 - 2451545.5 - timeZoneDays) / 36525;
  const m = (357.5291 + 35999.0503 * t) * radians;
  const mean = 280.46645 + 36000.76983 * t + 0.0003032 * t ** 2;
  const centre = (1.9146 - 0.004817 * t) * Math.sin(m) + (0.019993 - 0.000101 * t) * Math.sin(2 * m);
  const longitude = (((mean + centre + 0.00029 * Math.sin(3 * m)) % 360) + 360) % 360;
  return Math.floor(longitude / 30);
}

const indexAt = (day: number): number => Math.floor((day + 2440588 - 2415021) / 29.530588853);
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Index of the moon whose month holds the winter solstice of that year: the eleventh. */
function eleventhMonth(year: number): number {
  const last = indexAt(dayOf(`${year}-12-31`));
  return sunTwelfth(newMoonDay(last)) >= 9 ? last - 1 : last;
}

/** The Gregorian date of a day of a lunar month in that year's lunar year (no leap month between 1 and 3 is asked for). */
export function solarDate(year: number, month: 1 | 3, day: number): string {
  const before = eleventhMonth(year - 1);
  const months = eleventhMonth(year) - before;
  const leap = months === 13 ? leapAfter(before) : 99;
  const after = month + 1; // months after the eleventh of the year before
  const index = before + after + (leap <= after ? 1 : 0);
  return new Date((newMoonDay(index) + day - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** How many months after the eleventh the one without a change of twelfth comes. */
function leapAfter(eleventh: number): number {
  for (let i = 1; i < 14; i++) {
    if (sunTwelfth(newMoonDay(eleventh + i)) === sunTwelfth(newMoonDay(eleventh + i + 1))) return i;
  }
  return 99;
}
