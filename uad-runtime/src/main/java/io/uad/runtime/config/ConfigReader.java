package io.uad.runtime.config;

import io.uad.api.Options;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes one complete configuration of layers: defaults, preset or file, flags, {@code --set}. */
public final class ConfigReader {
    private final PluginRegistry registry;
    private final PresetSource presets;

    public ConfigReader(PluginRegistry registry, PresetSource presets) {
        this.registry = registry;
        this.presets = presets;
    }

    /**
     * The lowest layer: the file or preset that {@code --config} names, without it the preset
     * {@value PresetSource#STANDARD}.
     *
     * @throws io.uad.api.UadException of kind CONFIG if it cannot be read
     */
    public ConfigLayer base(Optional<String> config) {
        return config.map(presets::open).orElseGet(presets::standard);
    }

    /**
     * A complete configuration.
     *
     * @param layers lowest first; defaults lie below them
     * @throws io.uad.api.UadException of kind CONFIG if a key or plugin is unknown, a value wrong, or one that must be
     *     given missing; of kind PLUGIN if a plugin describes its options wrongly
     */
    public RunConfig read(List<ConfigLayer> layers) {
        var draft = new ConfigDraft(registry, layers);
        draft.refuseMissing();
        var general = draft.section("").settings(GeneralSettings.class);
        return new RunConfig(
                general.seed(),
                general.folder(),
                draft.section("dataset").componentConfig(),
                draft.section("image").settings(ImageSettings.class),
                draft.decoder().map(Section::componentConfig),
                draft.section("backbone").componentConfig(),
                draft.section("engine").componentConfig(),
                draft.section("fusion").componentConfig(),
                draft.section("reduction").componentConfig(),
                draft.section("clustering").componentConfig(),
                draft.section("uncertainty").componentConfig(),
                draft.section("sampling").settings(SamplingSettings.class),
                draft.section("training").settings(TrainingSettings.class),
                draft.section("checkpoint").settings(CheckpointSettings.class),
                draft.listeners().stream().map(Section::componentConfig).toList(),
                draft.notices());
    }

    /**
     * The options of one component by themselves, without a whole configuration around them.
     *
     * @param layer whose block of the component's stage is read, {@code plugin} left aside
     * @return empty if the layer has no such block
     * @throws io.uad.api.UadException of kind CONFIG if a key is unknown, a value wrong, or one that must be given missing
     */
    public static Optional<Options> options(RegisteredComponent component, ConfigLayer layer) {
        var key = component.stage().key();
        var entry = layer.root().entries().get(key);
        if (entry == null || !(entry.node() instanceof ConfigNode.Block block)) {
            return Optional.empty();
        }
        var reader = new OptionReader();
        var options = OptionDescription.of(component.optionsType());
        var values = reader.read(options, block.without(OptionReader.PLUGIN), key, key + " " + component.name());
        for (var missing : reader.missing().values()) {
            throw missing;
        }
        var section = new Section(key, component, component.optionsType(), options, values, block.place());
        return Optional.of(section.componentConfig().options());
    }

    /**
     * The paths of the keys that must be given and are not, such as {@code dataset.path} in most presets.
     *
     * @throws io.uad.api.UadException as {@link #read}, but not for keys that are missing
     */
    public List<String> missing(List<ConfigLayer> layers) {
        return new ConfigDraft(registry, layers).missing();
    }

    /**
     * A complete configuration as YAML with a description beside each option. Keys that must be given and are not stand
     * there as comments.
     *
     * @throws io.uad.api.UadException as {@link #read}, but not for keys that are missing
     */
    public String show(List<ConfigLayer> layers) {
        var draft = new ConfigDraft(registry, layers);
        Stream.concat(draft.sections().stream(), draft.listeners().stream())
                .filter(Section::complete)
                .forEach(section -> section.settings(Record.class)); // which checks what no @Option can say
        return new YamlWriter(true).write(draft.sections(), draft.listeners());
    }
}
