import { ChartSheet } from '../view/chartsheet.js';
import { Filesystems } from '../view/filesystems.js';
import { Processes } from '../view/processes.js';
import { Sight } from '../net/sight.js';
import { chartSpecs } from '../view/specs.js';
import { pastOf } from '../net/wants.js';

/** What stands between the tiles and the devices of the overview, in the room that is kept for it. */
export function mount(element, visit) {
  const { page } = visit;
  const sight = new Sight(page, { select: () => pastOf(page.host), stat: 'last', finest: 1000 }, { store: page.store });
  const charts = new ChartSheet(page, { specs: chartSpecs(page), sight });
  const processes = new Processes(page);
  const filesystems = new Filesystems(page);
  element.querySelector('.charts').replaceWith(charts.node);
  element.querySelector('.side').replaceChildren(processes.node, filesystems.node);
  visit.poll('/api/v1/processes', 5000, latest => processes.show(latest));
  visit.draw(filesystems);
  charts.open();
  visit.atEnd(() => charts.close());
}
