import * as migration_20261121_192303_first from './20261121_192303_first';

export const migrations = [
  {
    up: migration_20261121_192303_first.up,
    down: migration_20261121_192303_first.down,
    name: '20261121_192303_first'
  },
];
