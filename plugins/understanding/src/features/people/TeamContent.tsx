import { AbsenceSection } from './AbsenceSection';
import { TeamEntitiesSection } from './TeamEntitiesSection';

/** The tab of a Group: what it stands on, of all that it owns together. */
export function TeamContent(props: { teamRef: string }) {
  const { teamRef } = props;
  return (
    <>
      <AbsenceSection groupRef={teamRef} />
      <TeamEntitiesSection teamRef={teamRef} list="owned-not-understood" />
      <TeamEntitiesSection teamRef={teamRef} list="understood-not-owned" />
    </>
  );
}
