package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.TapSelection;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Checks what plugins return before anything is built on it; a broken promise names the plugin and the place. */
final class PluginContract {
    /** Whose frames are not the plugin's. */
    private static final List<String> OTHERS = List.of("java.", "jdk.", "sun.", "io.uad.api.", "io.uad.runtime.");

    private PluginContract() {}

    /**
     * Calls a plugin.
     *
     * @throws UadException of kind PLUGIN if it fails with anything but a {@link UadException}, a cancellation, or what it
     *     says it throws
     */
    static <T, X extends Exception> T guard(RegisteredComponent component, PluginCalls.Work<T, X> call) throws X {
        T result;
        try {
            result = PluginCalls.during(component, call);
        } catch (UadException | CancellationException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw e; // says more by itself
        } catch (RuntimeException | Error e) {
            throw new UadException(
                    ErrorKind.PLUGIN,
                    "the plugin failed: " + e + place(e),
                    component.id(),
                    "",
                    "Run again with --verbose and report what it prints to the author of the plugin "
                            + component.origin() + " (version " + component.version() + "), or choose another plugin",
                    e);
        }
        if (result == null) {
            throw broken(component, "nothing", "a result");
        }
        return result;
    }

    /** The line of the plugin, or of a library of its, where it failed. */
    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
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

    static void check(RegisteredComponent component, float[] fused, int samples, int columns) {
        if (fused.length != samples * columns) {
            throw broken(component, fused.length + " values", samples + " rows of " + columns);
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
            for (var value : row) {
                if (!Float.isFinite(value)) {
                    throw broken(component, "the value " + value + " in row " + i, "finite values");
                }
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
