package io.uad.runtime.evaluation;

import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.inference.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labelled data of an evaluation: {@code train/} and {@code val/} with the same class folders, packed copies of such,
 * {@code train.uadpack} and {@code val.uadpack}, or {@code train.npy} and {@code val.npy} with labels of the same classes
 * beside them.
 *
 * @param train what a classifier learns from
 * @param validation what it is measured on
 */
public record LabelledData(Dataset train, Dataset validation) {
    /** What stands for a part where there is no folder of its name. */
    private static final List<String> FILE_ENDINGS = List.of(NamedData.PACKED_ENDING, ".npy");

    /** The first part of a folder: what a model is opened with that is going to be evaluated on it. */
    public static Path train(Path folder) {
        return part(folder, "train");
    }

    /** The second part of a folder, on which it is measured. */
    public static Path validation(Path folder) {
        return part(folder, "val");
    }

    /** Whether a folder has both parts. */
    public static boolean isDivided(Path folder) {
        return Files.exists(train(folder)) && Files.exists(validation(folder));
    }

    /**
     * The images of a model as the first part, and the second one beside it.
     *
     * @param folder whose {@link #train} part the model was opened with
     * @throws UadException of kind DATA if a part is missing, has fewer than two classes or samples without one, or if the
     *     classes differ
     */
    static LabelledData of(ConfigReader reader, Model model, Path folder) {
        var data = new LabelledData(
                model.dataset(),
                model.config(reader, validation(folder)).dataset().create(Dataset.class));
        requireLabels(data.train);
        requireLabels(data.validation);
        var classes = data.train.summary().classes();
        if (!classes.equals(data.validation.summary().classes())) {
            throw UadException.data(
                    "the classes " + data.validation.summary().classes(),
                    data.validation.summary().location(),
                    "those of " + data.train.summary().location() + ": " + classes,
                    "Give both parts the same classes");
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

    /** A folder of images, or a file where there is none. */
    private static Path part(Path folder, String name) {
        var part = folder.resolve(name);
        return Files.exists(part)
                ? part
                : FILE_ENDINGS.stream()
                        .map(ending -> folder.resolve(name + ending))
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElse(part);
    }

    private static void requireLabels(Dataset dataset) {
        var classes = dataset.summary().classes().size();
        var unlabelled = IntStream.range(0, dataset.size())
                .filter(index -> dataset.sample(index).label() < 0)
                .boxed()
                .toList();
        if (classes < 2 || !unlabelled.isEmpty()) {
            var vectors = dataset.summary().vectorLength().isPresent();
            var samples = vectors ? "rows" : "images";
            throw UadException.data(
                    classes < 2
                            ? samples + " of " + classes + " class" + (classes == 1 ? "" : "es")
                            : unlabelled.size() + " " + samples
                                    + (vectors ? " have no label" : " lie in no class folder")
                                    + ", such as "
                                    + dataset.sample(unlabelled.get(0)).path(),
                    dataset.summary().location(),
                    vectors
                            ? "two classes or more, and a label for every row"
                            : "two class folders or more, and every image in one",
                    vectors
                            ? "Put the labels beside, as train.labels.npy and val.labels.npy"
                            : "Arrange the images as train/CLASS/IMAGE and val/CLASS/IMAGE");
        }
    }
}
