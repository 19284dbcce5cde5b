import { understandingPermissions } from './permissions';

describe('understandingPermissions', () => {
  it('has each permission once, all of this plugin', () => {
    const names = understandingPermissions.map(permission => permission.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^understanding(\.[a-z-]+)+$/);
    }
  });

  it('lets nothing be written by permissions to read', () => {
    for (const { name, attributes } of understandingPermissions) {
      expect(attributes.action === 'read').toBe(
        /\.(read|simulate\.\w+)$/.test(name),
      );
    }
  });
});
