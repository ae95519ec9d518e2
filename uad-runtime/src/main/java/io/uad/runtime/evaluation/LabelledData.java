package io.uad.runtime.evaluation;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.RunConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labelled images of an evaluation: {@code train/} and {@code val/} with the same class folders.
 *
 * @param train what a classifier learns from
 * @param validation what it is measured on
 */
record LabelledData(Dataset train, Dataset validation) {
    /**
     * Opens both parts with the dataset plugin of a configuration.
     *
     * @throws UadException of kind DATA if a part is missing, has fewer than two classes or images without one, or if the
     *     classes differ
     */
    static LabelledData of(ConfigReader reader, RunConfig config, Path folder) {
        var data = new LabelledData(
                dataset(reader, config, folder.resolve("train")), dataset(reader, config, folder.resolve("val")));
        requireLabels(data.train);
        requireLabels(data.validation);
        var classes = data.train.summary().classes();
        if (!classes.equals(data.validation.summary().classes())) {
            throw UadException.data(
                    "the class folders " + data.validation.summary().classes(),
                    data.validation.summary().location(),
                    "those of train/: " + classes,
                    "Give train/ and val/ the same class folders");
        }
        return data;
    }

    int classCount() {
        return train.summary().classes().size();
    }

    /** The labels of some samples. */
    static int[] labels(Dataset dataset, int[] indices) {
        return Arrays.stream(indices)
                .map(index -> dataset.sample(index).label())
                .toArray();
    }

    private static Dataset dataset(ConfigReader reader, RunConfig config, Path folder) {
        var layers = List.of(
                ConfigLayer.text("the model's configuration", config.toYaml()),
                ConfigLayer.assignment("--data", "dataset.path", folder.toString()));
        return reader.read(layers).dataset().create(Dataset.class);
    }

    private static void requireLabels(Dataset dataset) {
        var classes = dataset.summary().classes().size();
        var unlabelled = IntStream.range(0, dataset.size())
                .filter(index -> dataset.sample(index).label() < 0)
                .boxed()
                .toList();
        if (classes < 2 || !unlabelled.isEmpty()) {
            throw UadException.data(
                    classes < 2
                            ? "images of " + classes + " class" + (classes == 1 ? "" : "es")
                            : unlabelled.size() + " images lie in no class folder, such as "
                                    + dataset.sample(unlabelled.get(0)).path(),
                    dataset.summary().location(),
                    "two class folders or more, and every image in one",
                    "Arrange the images as train/CLASS/IMAGE and val/CLASS/IMAGE");
        }
    }
}
