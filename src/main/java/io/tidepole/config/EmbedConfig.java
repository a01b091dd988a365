package io.tidepole.config;

/**
 * The chart that other sites show in a frame.
 *
 * @param frameAncestors who may frame it, as the directive of the Content-Security-Policy has it
 */
public record EmbedConfig(String frameAncestors) {
    public EmbedConfig {
        Keys.EMBED_FRAME_ANCESTORS.require(frameAncestors);
    }

    static EmbedConfig from(Values values) {
        return new EmbedConfig(values.get(Keys.EMBED_FRAME_ANCESTORS));
    }
}
