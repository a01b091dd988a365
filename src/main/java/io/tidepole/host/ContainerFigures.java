package io.tidepole.host;

/**
 * What this process is held to. Not known, and no limit, is NaN.
 *
 * @param cpuLimit in cores
 * @param memoryLimit in bytes
 * @param memoryUsed in bytes, of that limit, without file cache that can be dropped
 */
record ContainerFigures(double cpuLimit, double memoryLimit, double memoryUsed) {
    static final ContainerFigures NONE = new ContainerFigures(Double.NaN, Double.NaN, Double.NaN);
}
