import { Alert, Button, Flex } from '@backstage/ui';
import { DifferenceList } from './DifferenceList';
import { Editing } from './useEditing';

/** Two people changed the same: both versions, and the choice between them. */
export function Conflict(props: NonNullable<Editing['conflict']>) {
  const { differences, keepMine, takeTheirs, version } = props;
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={`Somebody else saved version ${version} meanwhile`}
      description={
        differences.length > 0 ? (
          <DifferenceList
            differences={differences}
            before="Theirs"
            after="Yours"
          />
        ) : (
          'It says the same as yours.'
        )
      }
      customActions={
        <Flex gap="2">
          <Button size="small" variant="secondary" onPress={takeTheirs}>
            Take theirs
          </Button>
          <Button size="small" variant="primary" onPress={keepMine}>
            Save mine upon it
          </Button>
        </Flex>
      }
    />
  );
}
