import { runAll } from './harness';
import './accessibility';
import './picture';
import './moving';
import './axes';
import './live';
import './retyping';
import './states';
import './playing';
import './safety';
import './beside';
import './groups';
import './finding';
import './marks';
import './mark-tables';
import './many-findings';
import './odd';

process.exit((await runAll(process.argv[2])) > 0 ? 1 : 0);
