package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.image.Normalization;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.ViewChooser;
import io.uad.runtime.inference.Images;
import io.uad.runtime.inference.StageWatch;
import io.uad.runtime.process.Processes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The images of a run, as evaluation and as training see them. */
final class PretextImages {
    private final Images images;
    private final int batch;
    private final Seed augmentation;
    private final Processes processes;

    PretextImages(Images images, int batch, Seed run, Processes processes) {
        this.images = images;
        this.processes = processes;
        this.batch = batch;
        this.augmentation = run.derive("augmentation");
    }

    /** For a stage that begins. */
    StageWatch watch() {
        return StageWatch.start(images.loader());
    }

    /** N, unreadable images included. */
    int count() {
        return images.count();
    }

    /** The dataset's own labels, -1 for none; for reports only. */
    int[] classLabels() {
        return IntStream.range(0, count())
                .map(sample -> images.dataset().sample(sample).label())
                .toArray();
    }

    /** Centre crops of some images, in order. */
    ImageStream centred(int[] samples) {
        return images.centred(samples, batch);
    }

    /** Random crops of an epoch's order, from a position on; the crop is a function of epoch and position. */
    JointBatches augmented(EpochPlan plan, long position) {
        var order = plan.order();
        var start = Math.toIntExact(position);
        var views = ViewChooser.randomResizedCrop(images.side(), augmentation.derive(plan.epoch()));
        if (processes.isAlone()) {
            return JointBatches.alone(images.loader().open(order, start, views, Normalization.IMAGENET, batch));
        }
        return new SlicedBatches(
                order,
                start,
                batch,
                images.loader().bad(),
                processes,
                (places, size) -> images.loader()
                        .open(
                                Arrays.stream(places).map(place -> order[place]).toArray(),
                                0,
                                (at, width, height) -> views.choose(places[Math.toIntExact(at)], width, height),
                                Normalization.IMAGENET,
                                size));
    }

    /** Has every process know the unreadable images that any of them has met. */
    void shareBad() {
        var bad = images.loader().bad();
        processes.gathered(List.copyOf(bad.all()), RunForms.BAD_IMAGES).forEach(met -> met.forEach(bad::add));
        processes.byLeader(() -> List.copyOf(bad.all()), RunForms.BAD_IMAGES).forEach(bad::add);
    }

    /** Spreads one value per row over all samples; samples without a row get {@code missing}. */
    int[] bySample(int[] samples, int[] values, int missing) {
        var spread = new int[count()];
        Arrays.fill(spread, missing);
        for (var row = 0; row < samples.length; row++) {
            spread[samples[row]] = values[row];
        }
        return spread;
    }

    /** Spreads one value per row over all samples; samples without a row get 0. */
    float[] bySample(int[] samples, float[] values) {
        var spread = new float[count()];
        for (var row = 0; row < samples.length; row++) {
            spread[samples[row]] = values[row];
        }
        return spread;
    }
}
