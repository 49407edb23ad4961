import * as migration_20261121_174557_first from './20261121_174557_first';

export const migrations = [
  {
    up: migration_20261121_174557_first.up,
    down: migration_20261121_174557_first.down,
    name: '20261121_174557_first'
  },
];
