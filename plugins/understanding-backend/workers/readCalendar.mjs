// @ts-check

/**
 * Reads a calendar in a thread of its own, which its caller ends when it takes too
 * long: there are rules of recurrence that no day ever fulfils, and looking for one
 * takes for ever.
 *
 * Shifts are the events that fall into a window of time, each with whom it names: its
 * attendees, or its summary where it has none. What cannot be understood of an event
 * leaves this event out, with the reason in words.
 */
import ICAL from 'ical.js';
import { DateTime, IANAZone } from 'luxon';
import { parentPort, workerData } from 'node:worker_threads';

const MAX_EVENTS = 20_000;
/** Of one event, from its beginning up to the window: 27 years of shifts of 12 hours. */
const MAX_OCCURRENCES = 20_000;
const MAX_SHIFTS = 20_000;
/** Told of; the others are only counted. */
const MAX_REASONS = 5;
const MAX_TEXT = 255;

/** What is wrong with it may be anything, also a name. */
const MISWRITTEN = 'is not written as events of calendars are';

/** What cannot be understood of an event, in words that follow it. */
class Unclear extends Error {}

/** Whoever is none of these takes part. */
const NO_PERSON = ['GROUP', 'RESOURCE', 'ROOM'];

/**
 * @param {string} text
 * @param {{ from: string, to: string }} window - instants; what ends before or begins
 * after is left out
 */
function readCalendar(text, { from, to }) {
  const { calendars, unreadable } = parse(text);
  if (calendars.length === 0) {
    throw new Error('it holds no calendar');
  }
  const shifts = [];
  const reasons = unreadable.slice(0, MAX_REASONS);
  let left = unreadable.length;
  for (const calendar of calendars) {
    const zone = String(calendar.getFirstPropertyValue('x-wr-timezone') ?? '');
    const all = calendar.getAllSubcomponents('vevent');
    if (all.length > MAX_EVENTS) {
      throw new Error(`it has more than ${MAX_EVENTS} events`);
    }
    for (const event of eventsOf(all)) {
      let occurrences = 0;
      try {
        for (const { item, startDate, endDate } of occurrencesOf(event)) {
          occurrences += 1;
          if (occurrences > MAX_OCCURRENCES) {
            throw new Unclear(
              `repeats more than ${MAX_OCCURRENCES} times up to now: let it begin later`,
            );
          }
          const startsAt = instantOf(startDate, 'dtstart', item, zone);
          if (startsAt >= to) {
            break;
          }
          const endsAt = instantOf(endDate, 'dtend', item, zone);
          if (endsAt <= startsAt) {
            throw new Unclear('ends before it begins');
          }
          if (endsAt >= from && !isCancelled(item)) {
            shifts.push(
              ...peopleOf(item).map(who => ({ ...who, startsAt, endsAt })),
            );
          }
        }
      } catch (error) {
        left += 1;
        if (reasons.length < MAX_REASONS) {
          reasons.push(
            `${toldAs(event)} ${
              error instanceof Unclear ? error.message : MISWRITTEN
            }`,
          );
        }
      }
      if (shifts.length > MAX_SHIFTS) {
        throw new Error(`it has more than ${MAX_SHIFTS} shifts`);
      }
    }
  }
  return { shifts, left, reasons };
}

/** An event as it is written; no line of it is folded before its name. */
const EVENT = /^BEGIN:VEVENT\r?\n[^]*?^END:VEVENT\s*$/gim;

/**
 * The calendars of a text. Where one event keeps all of it from being parsed, each is
 * parsed alone, and those that cannot be are told of.
 */
function parse(text) {
  try {
    return { calendars: calendarsIn(text), unreadable: [] };
  } catch (error) {
    const events = text.match(EVENT) ?? [];
    // It is not an event that is wrong.
    if (events.length === 0 || events.length > MAX_EVENTS) {
      throw error;
    }
    const [calendar, ...others] = calendarsIn(text.replace(EVENT, ''));
    if (!calendar || others.length > 0) {
      throw error;
    }
    const unreadable = [];
    for (const event of events) {
      try {
        calendarsIn(`BEGIN:VCALENDAR\r\n${event}\r\nEND:VCALENDAR\r\n`)
          .flatMap(one => one.getAllSubcomponents('vevent'))
          .forEach(one => calendar.addSubcomponent(one));
      } catch {
        const [, uid] = /^UID:(.*)$/im.exec(event) ?? [];
        unreadable.push(`${withUid(uid)} ${MISWRITTEN}`);
      }
    }
    return { calendars: [calendar], unreadable };
  }
}

function calendarsIn(text) {
  return [ICAL.parse(text)]
    .flatMap(one => (typeof one[0] === 'string' ? [one] : one))
    .map(one => new ICAL.Component(one))
    .filter(one => one.name === 'vcalendar');
}

/** Events with what replaces single occurrences of them. */
function eventsOf(components) {
  const exceptions = new Map();
  const events = [];
  for (const component of components) {
    const uid = String(component.getFirstPropertyValue('uid') ?? '');
    if (component.hasProperty('recurrence-id')) {
      exceptions.set(uid, [...(exceptions.get(uid) ?? []), component]);
    } else {
      events.push({ uid, component });
    }
  }
  const known = new Set(events.map(({ uid }) => uid));
  const alone = [...exceptions]
    .filter(([uid]) => !known.has(uid))
    .flatMap(([, all]) => all);
  return [
    ...events.map(
      ({ uid, component }) =>
        new ICAL.Event(component, { exceptions: exceptions.get(uid) ?? [] }),
    ),
    ...alone.map(component => new ICAL.Event(component, { exceptions: [] })),
  ];
}

/**
 * Never its summary, which often is somebody's name: what is left out is kept and told
 * to others than those whom the calendar is for.
 */
function toldAs(event) {
  try {
    if (event.startDate) {
      return `The event that begins ${event.startDate}`;
    }
  } catch {
    // What stands there is no time.
  }
  return withUid(event.uid);
}

function withUid(uid) {
  return short(uid)
    ? `The event with the UID ${short(uid)}`
    : 'An event without a UID';
}

function* occurrencesOf(event) {
  if (!event.startDate) {
    throw new Unclear('has no beginning');
  }
  if (!event.isRecurring()) {
    yield { item: event, startDate: event.startDate, endDate: event.endDate };
    return;
  }
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    yield event.getOccurrenceDetails(next);
  }
}

/**
 * The database of IANA comes first: it is right for every year, and many a calendar
 * names a zone of it without describing it.
 */
function instantOf(time, name, { component }, calendarZone) {
  if (!time) {
    throw new Unclear('has no end');
  }
  const property =
    component.getFirstProperty(name) ?? component.getFirstProperty('dtstart');
  const tzid = String(property?.getParameter('tzid') ?? '');
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const named = time.isDate || tzid === '' ? calendarZone || 'utc' : tzid;
  const zone = isUtc ? 'utc' : named;
  if (!isKnown(zone)) {
    if (!time.zone || time.zone === ICAL.Timezone.localTimezone) {
      throw new Unclear(
        `names the time zone ${short(zone)}, which nobody knows`,
      );
    }
    return new Date(time.toUnixTime() * 1000).toISOString();
  }
  const { year, month, day, hour, minute, second } = time;
  const local = DateTime.fromObject(
    { year, month, day, hour, minute, second: Math.min(second, 59) },
    { zone },
  );
  if (!local.isValid) {
    throw new Unclear(`has the time ${time}, which is none`);
  }
  return local.toUTC().toJSDate().toISOString();
}

const zones = new Map([['utc', true]]);

function isKnown(zone) {
  if (!zones.has(zone)) {
    zones.set(zone, IANAZone.isValidZone(zone));
  }
  return zones.get(zone);
}

function isCancelled({ component }) {
  return component.getFirstPropertyValue('status') === 'CANCELLED';
}

function peopleOf({ component, summary }) {
  const attendees = component.getAllProperties('attendee').flatMap(attendee => {
    const of = name => String(attendee.getParameter(name) ?? '').toUpperCase();
    const email = emailIn(String(attendee.getFirstValue()));
    return email &&
      of('partstat') !== 'DECLINED' &&
      !NO_PERSON.includes(of('cutype'))
      ? [{ email, name: short(attendee.getParameter('cn')) || email }]
      : [];
  });
  if (attendees.length > 0) {
    return attendees;
  }
  const name = short(summary);
  if (!name) {
    throw new Unclear('names nobody');
  }
  const email = emailIn(name);
  return [email ? { email, name: email } : { name }];
}

function emailIn(text) {
  return /[^\s<>()",;:]{1,64}@[^\s<>()",;:@]{1,190}/
    .exec(text.slice(0, 2000))?.[0]
    .toLowerCase();
}

function short(text) {
  return String(text ?? '')
    .replace(/\p{C}/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

function said(error) {
  return short(error instanceof Error ? error.message : error);
}

const { text, ...window } = workerData;
try {
  parentPort?.postMessage({ type: 'read', ...readCalendar(text, window) });
} catch (error) {
  parentPort?.postMessage({ type: 'problem', problem: said(error) });
}
