package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.dataset.Content;
import io.uad.api.engine.Activation;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.TapSelection;
import io.uad.api.image.Image;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Checks what plugins return before anything is built on it; a broken promise names the plugin and the place. */
final class PluginContract {
    /** Whose frames are not the plugin's. */
    private static final List<String> OTHERS = List.of("java.", "jdk.", "sun.", "io.uad.api.", "io.uad.runtime.");

    /** Chains of causes may be circles. */
    static final int DEEPEST_CAUSE = 100;

    private PluginContract() {}

    /**
     * Calls a plugin.
     *
     * @param call what is called, for the message
     * @throws UadException of kind PLUGIN if it fails, whatever it throws, but for what {@link #passOn} lets through
     */
    static <T> T guard(RegisteredComponent component, String call, PluginCalls.Work<T, UadException> work) {
        return guard(component, call, UadException.class, work);
    }

    /**
     * The same of a call that has a failure of its own.
     *
     * @param promised what the API says that it throws, which is no failure of the plugin
     */
    static <T, X extends Exception> T guard(
            RegisteredComponent component, String call, Class<X> promised, PluginCalls.Work<T, X> work) throws X {
        T result;
        try {
            result = PluginCalls.during(component, work);
        } catch (Throwable e) { // checked ones too, which code that was not made from Java throws without saying so
            if (promised.isInstance(e)) {
                throw promised.cast(e);
            }
            throw failed(component, e);
        }
        if (result == null) {
            throw broken(component, "nothing from " + call, "a result");
        }
        return result;
    }

    /** As {@link #guard}, of a call that returns nothing. */
    static void run(RegisteredComponent component, Runnable call) {
        guard(component, "", () -> {
            call.run();
            return component;
        });
    }

    /**
     * Throws again what a plugin only passes on, however it wrapped it: what a user can mend, the end of the memory, which
     * says more by itself, or a cancellation.
     */
    static void passOn(RegisteredComponent component, Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof UadException known) {
                throw known;
            }
            if (cause instanceof OutOfMemoryError exhausted) {
                throw exhausted;
            }
            if (cause instanceof CancellationException cancelled) {
                throw PluginCancelled.of(component, cancelled);
            }
            cause = cause.getCause();
        }
    }

    private static UadException failed(RegisteredComponent component, Throwable failure) {
        passOn(component, failure);
        return new UadException(
                ErrorKind.PLUGIN,
                "the plugin failed: " + failure + place(failure),
                component.id(),
                "",
                "Run again with --verbose and report what it prints to the author of the plugin " + component.origin()
                        + " (version " + component.version() + "), or choose another plugin",
                failure);
    }

    /** The line of the plugin, or of a library of its, where it failed. */
    static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    static void checkGap(RegisteredComponent component, double gap) {
        if (!(gap >= 1) || Double.isInfinite(gap)) { // also refuses NaN
            throw broken(component, "a reducing gap of " + gap, "a number of 1 or more");
        }
    }

    static void check(RegisteredComponent component, Image image, int width, int height) {
        if (image.width() != width || image.height() != height) {
            throw broken(
                    component, "an image of " + image.width() + "x" + image.height() + " pixels", width + "x" + height);
        }
    }

    static void check(RegisteredComponent component, List<TapSelection> selections) {
        if (selections.isEmpty()) {
            throw broken(component, "no selection of taps", "one or more");
        }
    }

    static void check(RegisteredComponent component, Clustering clustering, int rows) {
        if (clustering.labels().length != rows) {
            throw broken(component, clustering.labels().length + " labels", rows + ", one per row");
        }
        for (var row = 0; row < rows; row++) {
            var label = clustering.labels()[row];
            if (label < Clustering.NOISE || label >= clustering.clusterCount()) {
                throw broken(
                        component, "label " + label + " in row " + row, "-1 to " + (clustering.clusterCount() - 1));
            }
            var distance = clustering.squaredDistances()[row];
            if (!(distance >= 0) || Float.isInfinite(distance)) {
                throw broken(component, "squared distance " + distance + " in row " + row, "finite, 0 or more");
            }
        }
    }

    static void check(RegisteredComponent component, float[] weights, int[] labels) {
        var rows = labels.length;
        if (weights.length != rows) {
            throw broken(component, weights.length + " weights", rows + ", one per row");
        }
        for (var row = 0; row < rows; row++) {
            if (labels[row] == Clustering.NOISE && weights[row] != 0) {
                throw broken(component, "weight " + weights[row] + " for noise in row " + row, "0");
            }
            if (!(weights[row] >= 0) || Float.isInfinite(weights[row])) {
                throw broken(component, "weight " + weights[row] + " in row " + row, "finite, 0 or more");
            }
        }
    }

    /** The rows that a fusion makes of activations; what the network made infinite is no fault of the fusion. */
    static void check(RegisteredComponent component, float[] fused, List<Activation> activations, int columns) {
        var samples = activations.get(0).samples();
        if (fused.length != samples * columns) {
            throw broken(component, fused.length + " values", samples + " rows of " + columns);
        }
        var odd = firstNotFinite(fused);
        if (odd >= 0 && activations.stream().allMatch(activation -> firstNotFinite(activation.values()) < 0)) {
            throw broken(component, "the value " + fused[odd] + " in row " + odd / columns, "finite values");
        }
    }

    /** By what a fusion's parts are multiplied. */
    static void check(RegisteredComponent component, double[] scales, int parts) {
        if (scales.length != parts) {
            throw broken(component, scales.length + " scales", parts + ", one per part");
        }
        for (var part = 0; part < parts; part++) {
            if (!(scales[part] > 0) || Double.isInfinite(scales[part])) {
                throw broken(component, "scale " + scales[part] + " for part " + part, "finite, above 0");
            }
        }
    }

    /** What a sample holds, named by its path. */
    static void check(RegisteredComponent component, Content content, OptionalInt vectorLength, Supplier<String> path) {
        if (content instanceof Content.Vector != vectorLength.isPresent()) {
            throw broken(
                    component,
                    (vectorLength.isPresent() ? "an image for " : "a vector for ") + path.get(),
                    (vectorLength.isPresent() ? "vectors" : "images") + ", as its summary says");
        }
        if (content instanceof Content.Vector vector) {
            var values = vector.values();
            if (values.length != vectorLength.getAsInt()) {
                throw broken(
                        component,
                        values.length + " values for " + path.get(),
                        vectorLength.getAsInt() + ", as its summary says");
            }
            var odd = firstNotFinite(values);
            if (odd >= 0) {
                throw broken(component, "the value " + values[odd] + " for " + path.get(), "finite values");
            }
        }
    }

    /** The index of the first value that is NaN or infinite; -1 if there is none. */
    private static int firstNotFinite(float[] values) {
        for (var i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** What is found for each of some points among {@code others} rows. */
    static void check(RegisteredComponent component, Neighbours found, int points, int others, int count) {
        var values = (long) points * count;
        if (found.indices().length != values || found.squaredDistances().length != values) {
            throw broken(
                    component,
                    found.indices().length + " neighbours and " + found.squaredDistances().length + " distances",
                    values + ", " + count + " per row");
        }
        for (var index : found.indices()) {
            if (index < 0 || index >= others) {
                throw broken(component, "row " + index + " as a neighbour", "0 to " + (others - 1));
            }
        }
    }

    /** The rows that a reduction makes of {@code rows} rows. */
    static void check(RegisteredComponent component, FeatureMatrix projected, int rows, int columns) {
        if (projected.rows() != rows || projected.columns() != columns) {
            throw broken(
                    component,
                    "a matrix of " + projected.rows() + " x " + projected.columns(),
                    rows + " x " + columns + ", a row for each and as many columns as it said");
        }
        var row = new float[columns];
        for (var i = 0; i < rows; i++) {
            projected.read(i, 1, row);
            var odd = firstNotFinite(row);
            if (odd >= 0) {
                throw broken(component, "the value " + row[odd] + " in row " + i, "finite values");
            }
        }
    }

    private static UadException broken(RegisteredComponent component, String found, String expected) {
        return new UadException(
                ErrorKind.PLUGIN,
                "the plugin returned " + found,
                component.id(),
                expected,
                "Report this to the author of the plugin " + component.origin() + " (version " + component.version()
                        + "), or choose another plugin");
    }
}
