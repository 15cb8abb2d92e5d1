// The long and dull part of the torture site: an event with nine rooms, 72 sessions and 200 sponsors, one
// with forty sessions whose weight is measured, and pictures that arrive late.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { png } from "./png.mjs";

const two = n => String(n).padStart(2, "0");
const clock = minute => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;

const given = ["Ada", "Bo", "Chidi", "Dora", "Emre", "Fleur", "Goran", "Hana", "Ines"];
const family = ["Abbott", "Brandt", "Conti", "Dvořák", "Eriksen", "Fujita", "Gupta", "Haddad"];
const name = n => `${given[n % 9]} ${family[n % 8]}`;

/** Writes these files below `site`. */
export async function fill(site) {
  const sponsors = Array.from({ length: 200 }, (_, i) => `sponsor-${i + 1}`);
  await mkdir(join(site, "data/sponsors"), { recursive: true });
  for (const [i, id] of sponsors.entries()) {
    const logo = i % 4 == 0 ? `logo = "/logo.svg"\n` : "";
    await writeFile(join(site, `data/sponsors/${id}.toml`), `name = "Sponsor number ${i + 1}"\nurl = "https://example.org/${id}"\n${logo}`);
  }
  const levels = [["platinum", 2], ["gold", 8], ["bronze", 190]];
  let next = 0;
  const lines = levels.flatMap(([id, n]) => sponsors.slice(next, next += n).map(s => `  { id = "${s}", level = "${id}" },`));
  await event(site, "2027-nine-rooms", "Nine Rooms 2027", { year: 2027, rooms: 9, days: 2, slots: 4, sponsors: lines, levels });
  await event(site, "2026-forty", "Forty Sessions 2026", { year: 2026, rooms: 3, days: 2, slots: 7, sponsors: [], levels: [] });
  await writeFile(join(site, "content/events/2027-nine-rooms/index.ar.md"), '+++\ntitle = "تسع قاعات ٢٠٢٧"\n+++\n\nصُنعت لتكون طويلة.\n');
  await mkdir(join(site, "static"), { recursive: true });
  await writeFile(join(site, "static/logo.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><rect width="200" height="80" rx="40" fill="#246"/></svg>\n');
  await writeFile(join(site, "static/late.png"), png(640, 360, () => [128, 128, 128]));
}

async function event(site, id, title, { year, rooms, days, slots, sponsors, levels }) {
  const folder = join(site, "content/events", id);
  await mkdir(folder, { recursive: true });
  let text = `+++\ntitle = "${title}"\n\n[event]\nstart = ${year}-10-01\nend = ${year}-10-0${days}\ntimezone = "Europe/Berlin"\ncity = "Bad Salzuflen"\ncountry = "Germany"\nseries = "rooms"\n`;
  text += `sponsors = [\n${sponsors.join("\n")}\n]\nsponsor_levels = [${levels.map(([l]) => `{ id = "${l}", label = "${l[0].toUpperCase()}${l.slice(1)}" }`).join(", ")}]\n`;
  text += `organizers = [{ name = "Ann Five" }, { name = "港野 灯", url = "https://example.org/" }]\n\n[event.venue]\nname = "Kurhaus"\naddress = "Parkstraße 26"\ncoordinates = "52.0866,8.7427"\n`;
  let n = 0;
  for (let day = 1; day <= days; day++) {
    const row = (from, to, kind, more) => text += `\n[[event.schedule]]\nstarts = ${year}-10-0${day}T${clock(from)}\nends = ${year}-10-0${day}T${clock(to)}\nkind = "${kind}"\n${more}\n`;
    row(510, 540, "registration", 'title = "Doors"');
    for (let slot = 0; slot < slots; slot++) {
      const from = 540 + slot * 70;
      if (slot == 2) row(from - 20, from, "break", 'title = "Coffee"');
      for (let room = 1; room <= rooms; room++) {
        n++;
        if (n > 40 && rooms == 3) return finish();
        const kind = n % 11 == 0 ? "workshop" : "talk";
        row(from, from + (slot == 2 ? 50 : 45), kind, `title = "Session ${n}: what we measured, and what we did about it afterwards"\nroom = "Room ${room}"\nspeakers = ["${name(n)}"]\ntrack = "${["Delivery", "People", "Observability"][n % 3]}"`);
      }
    }
  }
  return finish();
  function finish() {
    return writeFile(join(folder, "index.md"), text + "+++\n\nMade to be long.\n");
  }
}
