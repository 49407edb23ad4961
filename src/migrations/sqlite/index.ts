import * as migration_20261121_174700_first from './20261121_174700_first';

export const migrations = [
  {
    up: migration_20261121_174700_first.up,
    down: migration_20261121_174700_first.down,
    name: '20261121_174700_first'
  },
];
