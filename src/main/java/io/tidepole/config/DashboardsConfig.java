package io.tidepole.config;

import java.nio.file.Path;

/**
 * The dashboards.
 *
 * @param folder where their files lie
 * @param editable whether pages may write them
 */
public record DashboardsConfig(Path folder, boolean editable) {
    public DashboardsConfig {
        Keys.DASHBOARDS_FOLDER.require(folder);
    }

    static DashboardsConfig from(Values values) {
        return new DashboardsConfig(values.get(Keys.DASHBOARDS_FOLDER), values.get(Keys.DASHBOARDS_EDITABLE));
    }
}
