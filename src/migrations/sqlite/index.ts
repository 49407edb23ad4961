import * as migration_20261121_174438_first from './20261121_174438_first';

export const migrations = [
  {
    up: migration_20261121_174438_first.up,
    down: migration_20261121_174438_first.down,
    name: '20261121_174438_first'
  },
];
