package io.uad.exchange;

import io.uad.api.UadException;
import io.uad.exchange.torch.TorchFile;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a checkpoint of one that the original program wrote ({@code checkpoint.pth.tar}): weights, momentum and epoch, with
 * the network rebuilt by an installed backbone whose parameters have the same names and shapes.
 *
 * <p>The original stores no pseudo-labels, so the result is a bare model: an evaluation takes it as it is, and a run that
 * goes on from it finds its pseudo-labels anew.
 */
public final class CheckpointImport {
    private final PluginRegistry registry;
    private final ConfigReader reader;

    public CheckpointImport(PluginRegistry registry, ConfigReader reader) {
        this.registry = registry;
        this.reader = reader;
    }

    /**
     * What the user knows better than the file.
     *
     * @param arch the backbone's name
     * @param side of the square input in pixels
     * @param overrides options of the backbone
     */
    public record Hints(Optional<String> arch, OptionalInt side, List<ConfigLayer> overrides) {
        /** None. */
        public static final Hints NONE = new Hints(Optional.empty(), OptionalInt.empty(), List.of());

        public Hints {
            overrides = List.copyOf(overrides);
        }
    }

    /**
     * What was read.
     *
     * @param checkpoint without pseudo-labels
     * @param notices sentences that the user should see
     */
    public record Result(Checkpoint checkpoint, List<String> notices) {
        public Result {
            notices = List.copyOf(notices);
        }
    }

    /** Whether {@link #read} and not the runtime reads such a file; decided by its first bytes. */
    public static boolean reads(Path file) {
        return TorchFile.looksLikeOne(file);
    }

    /**
     * Reads a checkpoint of the original program, or a state dict.
     *
     * @throws UadException of kind DATA if it is none, damaged, refused, or of a network that no installed backbone makes
     */
    public Result read(Path file, Hints hints) {
        try (var torch = TorchFile.open(file)) {
            var original = OriginalCheckpoint.of(file, torch.root());
            var found = network(file, original, hints);
            var notices = new ArrayList<String>();
            var config = found.config();
            var network = found.network();
            var side = network.input().width();
            if (found.sides().size() > 1 && hints.side().isEmpty()) {
                notices.add("the classifier fits images of " + found.sides().size() + " sizes; " + side
                        + " pixels are taken, --size chooses another");
            }

            var classes = StateFit.headClasses(network, shapes(original));
            var state = new StateReader(file, torch, original);
            var momentum = state.momentum(network, notices);
            var manifest = CheckpointManifest.of(
                    Version.CURRENT,
                    position(original.epoch()),
                    new CheckpointManifest.Model(config.backbone().name(), side, 0, classes.orElse(0), List.of()),
                    new CheckpointManifest.Dataset("", 0, List.of()),
                    "",
                    0,
                    Map.of(
                            config.backbone().component().id(),
                            config.backbone().component().version()),
                    config.toYaml(),
                    Map.of(),
                    Map.of(),
                    Map.of());
            notices.add(
                    0,
                    summary(file, manifest, original.epoch(), !momentum.names().isEmpty()));
            return new Result(new Checkpoint(manifest, state.weights(network, classes), momentum, null), notices);
        }
    }

    private NetworkSearch.Found network(Path file, OriginalCheckpoint original, Hints hints) {
        var search = new NetworkSearch(reader, hints.overrides(), hints.side(), shapes(original));
        var problems = new ArrayList<String>();
        for (var backbone : candidates(file, original, hints)) {
            var found = search.search(backbone, problems);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw UadException.data(
                "its parameters fit no network: " + String.join("; ", problems),
                file.toString(),
                "the parameters of an installed backbone",
                "Give the right --arch, --size or --set backbone.OPTION=VALUE, or install the plugin that brings this "
                        + "network");
    }

    private List<RegisteredComponent> candidates(Path file, OriginalCheckpoint original, Hints hints) {
        if (hints.arch().isPresent()) {
            return List.of(registry.find(Stage.BACKBONE, hints.arch().get(), "--arch"));
        }
        var installed = registry.components(Stage.BACKBONE);
        var arch = original.arch();
        if (arch == null) {
            return installed;
        }
        return List.of(registry.lookUp(Stage.BACKBONE, arch)
                .orElseThrow(() -> UadException.data(
                        "its arch is '" + arch + "', and no such backbone is installed",
                        file.toString(),
                        "one of "
                                + String.join(
                                        ", ",
                                        installed.stream()
                                                .map(RegisteredComponent::name)
                                                .toList()),
                        "Install the plugin that brings it, or name the same network by --arch")));
    }

    private static Map<String, List<Integer>> shapes(OriginalCheckpoint original) {
        var shapes = new LinkedHashMap<String, List<Integer>>();
        original.state().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /** The original's number is that of the epoch it would go on with. */
    private static CheckpointManifest.Position position(int epoch) {
        return epoch == 0
                ? new CheckpointManifest.Position(0, 0, 0, CheckpointManifest.Phase.TRAINING, false)
                : new CheckpointManifest.Position(epoch - 1, 0, 0, CheckpointManifest.Phase.COMPLETE, false);
    }

    private static String summary(Path file, CheckpointManifest manifest, int epoch, boolean momentum) {
        var model = manifest.model();
        return "read " + file + ": " + model.backbone() + " for images of " + model.inputSide() + " pixels"
                + (model.headClasses() > 0 ? ", head of " + model.headClasses() : ", no head") + ", after " + epoch
                + " epochs" + (momentum ? ", with momentum" : "")
                + "; the original stores no pseudo-labels, a training that goes on finds them anew";
    }
}
