package io.uad.runtime.evaluation;

import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.dataset.Dataset;
import io.uad.api.image.Normalization;
import io.uad.api.listener.RunEvent;
import io.uad.runtime.Version;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.checkpoint.ProbeProvenance;
import io.uad.runtime.checkpoint.Provenance;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.feature.AveragePooling;
import io.uad.runtime.feature.FrozenNetwork;
import io.uad.runtime.feature.TapReading;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.ViewChooser;
import io.uad.runtime.inference.Model;
import io.uad.runtime.inference.OpenModel;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The linear probe: the network is frozen, and one linear layer per tap learns the dataset's labels from its pooled
 * activations (Zhang, Isola, Efros, CVPR 2017). All taps are probed in one pass over the images.
 */
public final class LinearProbe {
    private static final String TASK = "eval linear";
    private static final int CENTRE_CROP = 4;

    private final Model model;
    private final RunConfig config;
    private final ProbeSettings settings;
    private final Network network;
    private final LabelledData data;
    private final StopSignal stop = new StopSignal();

    private LinearProbe(Model model, LabelledData data, ProbeSettings settings) {
        this.model = model;
        this.config = model.config();
        this.settings = settings;
        this.network = model.network();
        this.data = data;
        if (settings.tenCrops() && data.train().summary().vectorLength().isPresent()) {
            throw UadException.config(
                    "vectors have no crops", "--tencrops", "a dataset of images", "Leave --tencrops out");
        }
    }

    /**
     * A probe of a network.
     *
     * @throws UadException if the model, the data and the taps do not fit together
     */
    public static LinearProbe of(ConfigReader reader, Model model, ProbeSettings settings) {
        var data = LabelledData.of(reader, model, settings.data());
        settings.taps().forEach(tap -> model.requireTap(tap, "--conv"));
        return new LinearProbe(model, data, settings);
    }

    /**
     * What was found.
     *
     * @param folder the probe's folder
     * @param interrupted whether it was stopped before its last epoch
     * @param taps one entry per tap, in the order asked for
     */
    public record Result(Path folder, boolean interrupted, List<TapResult> taps) {
        public Result {
            taps = List.copyOf(taps);
        }

        /** All figures, such as {@code conv3-top1} and {@code conv3-best-top1}, as listeners see them. */
        public Map<String, Double> metrics() {
            var metrics = new LinkedHashMap<String, Double>();
            for (var tap : taps) {
                metrics.put(tap.tap() + "-top1", tap.top1());
                metrics.put(tap.tap() + "-top5", tap.top5());
                metrics.put(tap.tap() + "-loss", tap.loss());
                metrics.put(tap.tap() + "-best-epoch", (double) tap.bestEpoch());
                metrics.put(tap.tap() + "-best-top1", tap.bestTop1());
                metrics.put(tap.tap() + "-best-top5", tap.bestTop5());
            }
            return metrics;
        }
    }

    /**
     * The scores on one tap; accuracies in percent.
     *
     * @param features width of the pooled activation
     * @param epoch the last one, from 0
     * @param loss mean cross-entropy in validation at the last epoch
     * @param top1 at the last epoch
     * @param top5 at the last epoch
     * @param bestEpoch the epoch of the best top-1; choosing by it is choosing on the validation set
     */
    public record TapResult(
            String tap,
            int features,
            int epoch,
            double loss,
            double top1,
            double top5,
            int bestEpoch,
            double bestTop1,
            double bestTop5) {}

    /** Asks the probe to end after the batch in hand; any thread. */
    public void stop() {
        stop.raise();
    }

    /**
     * Trains and validates.
     *
     * @param overwrite whether the output folder may hold another probe, which is replaced
     */
    public Result execute(boolean overwrite) {
        var mode = overwrite ? RunFolder.Mode.OVERWRITE : RunFolder.Mode.FRESH;
        try (var folder = RunFolder.open(settings.output(), RunFolder.Kind.PROBE, mode);
                var open = OpenModel.of(model)) {
            return execute(folder, open);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    private Result execute(RunFolder folder, OpenModel open) {
        var began = System.nanoTime();
        var listeners = open.listeners();
        var probed = new ArrayList<ProbedTap>();
        try {
            for (var tap : settings.taps()) {
                var map = network.shapeAt(tap);
                var reading = new TapReading(tap, map, pooling(tap, map));
                probed.add(new ProbedTap(reading, data.classCount(), settings, open.engine()));
            }
            folder.clear();
            var provenance = provenance();
            provenance.write(folder.provenance());
            listeners.on(new RunEvent.RunStarted(
                    TASK, folder.path(), data.train().size() + data.validation().size(), 0, settings.epochs()));
            listeners.notice("engine " + config.engine().name() + ": "
                    + open.engine().capabilities().summary());
            var readings = probed.stream().map(ProbedTap::reading).toList();
            var outcome = "failed";
            Result result;
            try {
                result = run(open, new FrozenNetwork(open.session(), network, readings), probed, folder);
                outcome = result.interrupted() ? "interrupted" : "finished";
            } finally {
                provenance.ended(outcome).write(folder.provenance());
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            if (!result.interrupted()) {
                var samples = data.validation().size();
                listeners.on(new RunEvent.EvaluationFinished(TASK, samples, result.metrics(), seconds));
            }
            listeners.on(new RunEvent.RunFinished(folder.path(), result.interrupted(), seconds));
            return result;
        } finally {
            probed.forEach(ProbedTap::close);
        }
    }

    private ProbeProvenance provenance() {
        return new ProbeProvenance(
                Version.CURRENT,
                Stream.of(config.dataset(), config.backbone(), config.engine())
                        .map(chosen -> Provenance.Plugin.of(chosen.component()))
                        .toList(),
                model.origin(),
                config.toYaml(),
                new ProbeProvenance.Data(
                        settings.data().toAbsolutePath().toString(), part(data.train()), part(data.validation())),
                new ProbeProvenance.Settings(
                        settings.taps(),
                        settings.tenCrops(),
                        settings.pooling().name().toLowerCase(Locale.ROOT),
                        settings.epochs(),
                        settings.batch(),
                        settings.learningRate(),
                        settings.momentum(),
                        settings.weightDecay(),
                        settings.seed()),
                Provenance.Session.begin(0));
    }

    private static ProbeProvenance.Part part(Dataset dataset) {
        return new ProbeProvenance.Part(dataset.summary().fingerprint(), dataset.size());
    }

    private AveragePooling pooling(String tap, TensorShape map) {
        var original = switch (settings.pooling()) {
            case AUTO -> network.name().equals("alexnet") && config.image().size() == 224;
            case ORIGINAL -> true;
            case ADAPTIVE -> false;
        };
        if (!original || !tap.matches("conv[1-5]")) {
            return AveragePooling.fitting(map);
        }
        var pooling = AveragePooling.original(tap.charAt(4) - '0');
        if (!pooling.fits(map)) {
            throw UadException.config(
                    "the activation at " + tap + " is " + map + ", too small for the original's pool",
                    "--pool original",
                    "images of 224 pixels",
                    "Use --pool auto");
        }
        return pooling;
    }

    private Result run(OpenModel open, FrozenNetwork frozen, List<ProbedTap> probed, RunFolder folder) {
        var listeners = open.listeners();
        var trainLoader = loader(data.train(), open);
        var validationLoader = loader(data.validation(), open);
        var log = new ProbeLog(folder, probed.size() > 1);
        var results = new LinkedHashMap<String, TapResult>();
        var done = 0;
        for (var epoch = 0; epoch < settings.epochs() && !stop.isRaised(); epoch++) {
            var began = System.nanoTime();
            listeners.on(new RunEvent.EpochStarted(epoch, settings.epochs()));
            train(epoch, frozen, probed, trainLoader, listeners);
            if (stop.isRaised() || !validate(epoch, frozen, probed, validationLoader, listeners)) {
                break;
            }
            var metrics = new LinkedHashMap<String, Double>();
            for (var one : probed) {
                var scores = one.takeScores();
                var result = TapScores.after(results.get(one.tap()), one, epoch, scores);
                results.put(one.tap(), result);
                log.write(one, epoch, scores, result.bestEpoch() == epoch);
                metrics.put(one.tap() + "-top1", scores.top1());
                metrics.put(one.tap() + "-top5", scores.top5());
                metrics.put(one.tap() + "-loss", scores.loss());
                metrics.put(one.tap() + "-train-loss", scores.trainLoss());
            }
            done++;
            listeners.on(new RunEvent.EpochFinished(
                    epoch, probed.get(0).iteration(), metrics, (System.nanoTime() - began) / 1e9));
        }
        return new Result(folder.path(), done < settings.epochs(), List.copyOf(results.values()));
    }

    private void train(
            int epoch, FrozenNetwork frozen, List<ProbedTap> probed, ImageLoader loader, Listeners listeners) {
        var seed = new Seed(settings.seed()).derive("probe").derive(epoch);
        var order =
                seed.derive("order").choose(data.train().size(), data.train().size());
        var views = ViewChooser.randomCrop(config.image().size(), seed.derive("augmentation"));
        listeners.on(new RunEvent.StageStarted(epoch, "probe training"));
        var began = System.nanoTime();
        try (var batches = loader.open(order, 0, views, Normalization.IMAGENET, settings.batch())) {
            while (batches.hasNext() && !stop.isRaised()) {
                var batch = batches.next();
                var pooled = frozen.read(batch.inputs());
                var labels = LabelledData.labels(data.train(), batch.indices());
                for (var i = 0; i < probed.size(); i++) {
                    probed.get(i).train(pooled.get(i), labels);
                }
                listeners.on(new RunEvent.StageProgressed(epoch, "probe training", batch.nextPosition(), order.length));
            }
        }
        listeners.on(new RunEvent.StageFinished(epoch, "probe training", (System.nanoTime() - began) / 1e9));
    }

    /** Whether all images were scored; a stop may come before. */
    private boolean validate(
            int epoch, FrozenNetwork frozen, List<ProbedTap> probed, ImageLoader loader, Listeners listeners) {
        var size = config.image().size();
        var views = settings.tenCrops() ? ViewChooser.tenCrops(size) : ViewChooser.evaluation(size);
        var batchSize = settings.tenCrops() ? Math.max(1, settings.batch() / 2) : settings.batch();
        listeners.on(new RunEvent.StageStarted(epoch, "probe validation"));
        var began = System.nanoTime();
        try (ImageStream batches = loader.all(views, Normalization.IMAGENET, batchSize)) {
            while (batches.hasNext()) {
                if (stop.isRaised()) {
                    return false;
                }
                var batch = batches.next();
                var pooled = frozen.read(batch.inputs());
                var labels = LabelledData.labels(data.validation(), batch.indices());
                for (var i = 0; i < probed.size(); i++) {
                    probed.get(i).validate(pooled.get(i), labels, batch.views(), settings.tenCrops() ? CENTRE_CROP : 0);
                }
                listeners.on(new RunEvent.StageProgressed(
                        epoch,
                        "probe validation",
                        batch.nextPosition(),
                        data.validation().size()));
            }
        }
        listeners.on(new RunEvent.StageFinished(epoch, "probe validation", (System.nanoTime() - began) / 1e9));
        return true;
    }

    private ImageLoader loader(Dataset dataset, OpenModel open) {
        var cacheBytes = Runtime.getRuntime().maxMemory() / 16; // two loaders, and the network's activations
        return open.images(config, dataset, cacheBytes).loader();
    }
}
