import {
  Flag,
  Nobody,
  OnCall,
  PersonUnderstanding,
  Reach,
  Reason,
  Repair,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { userText } from './userText';

// What answers tell, with what people wrote marked as such.

export function toPerson(person: PersonUnderstanding) {
  const { displayName, correction, reach, ...rest } = person;
  return {
    ...rest,
    displayName: userText(displayName),
    correction:
      correction && 'note' in correction && correction.note
        ? { ...correction, note: userText(correction.note) }
        : correction,
    reach: toReach(reach),
  };
}

export function toKnown<T extends { displayName: string }>({
  displayName,
  ...rest
}: T) {
  return { ...rest, displayName: userText(displayName) };
}

export function toNobody(nobody: Nobody | undefined) {
  return (
    nobody && {
      message: userText(nobody.message),
      lastAt: nobody.lastAt,
      lastPeople: nobody.lastPeople?.map(toKnown),
      rebuild: nobody.rebuild.map(userText),
    }
  );
}

export function toOnCall({ schedule, problem, shifts, ...rest }: OnCall) {
  return {
    ...rest,
    schedule: userText(schedule),
    problem: problem && userText(problem),
    shifts: shifts.map(({ until, person }) => ({
      until,
      person: person && {
        ...person,
        displayName: userText(person.displayName),
        reach: toReach(person.reach),
      },
    })),
  };
}

function toReach(reach: Reach | undefined) {
  return (
    reach && {
      ...reach,
      teams: reach.teams.map(({ ref, title }) => ({
        ref,
        title: userText(title),
      })),
      chat: reach.chat && userText(reach.chat),
    }
  );
}

export function toFlag(flag: Flag) {
  return {
    ...flag,
    reasons: flag.reasons.map(toReason),
    repair: toRepair(flag.repair),
  };
}

// Of repositories and catalog files: paths, titles, what a document cites.
export function toReason(reason: Reason & { readonly repair?: Repair }) {
  return {
    ...reason,
    message: userText(reason.message),
    file: reason.file && userText(reason.file),
    repair: reason.repair && toRepair(reason.repair),
  };
}

function toRepair(repair: Repair) {
  return { ...repair, message: userText(repair.message) };
}
