package io.uad.plugin.clustering.pic;

import io.uad.api.Option;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code clustering: {plugin: pic, neighbours: 5, sigma: auto}}. */
public record PicOptions(
        @Option(
                defaultValue = "5",
                min = 1,
                description = "nearest neighbours of each image, below the number of images")
        int neighbours,

        @Option(
                defaultValue = "auto",
                min = 0,
                minExclusive = true,
                description =
                        "width of the weight exp(-d^2 / sigma^2); auto: sigma^2 is the median squared distance to the last of the neighbours; 0.2 is the original, often too narrow")
        OptionalDouble sigma,

        @Option(
                defaultValue = "0.001",
                min = 0,
                minExclusive = true,
                max = 0.999,
                description = "share of the graph in each step of the power iteration")
        double alpha,

        @Option(defaultValue = "200", min = 1, description = "steps of the power iteration")
        int iterations,

        @Option(
                defaultValue = "auto",
                min = 1,
                description =
                        "most clusters that are kept, the largest ones; each other joins the one with the nearest centroid; auto keeps all")
        OptionalInt maxClusters,

        @Option(
                defaultValue = "exact",
                description =
                        "how the neighbours are found: exact compares all images with each other; approximate leaves out those that are hardly near, and says what share it found; auto is approximate from approximate-from images on")
        Graph graph,

        @Option(
                defaultValue = "" + PicOptions.RECALL,
                min = 0.5,
                max = 1,
                description = "share of the exact neighbours that an approximate graph is to have; more takes longer")
        double recall,

        @Option(
                defaultValue = "" + PicOptions.APPROXIMATE_FROM,
                min = 1,
                description = "with graph auto, how many images make the graph approximate")
        int approximateFrom) {
    private static final double RECALL = 0.95;
    private static final int APPROXIMATE_FROM = 50_000;

    /** With an exact graph. */
    public PicOptions(int neighbours, OptionalDouble sigma, double alpha, int iterations, OptionalInt maxClusters) {
        this(neighbours, sigma, alpha, iterations, maxClusters, Graph.EXACT, RECALL, APPROXIMATE_FROM);
    }

    /** How the nearest neighbours are found. */
    public enum Graph {
        /** By comparing all rows with each other. */
        EXACT,
        /** By comparing each row with those of the cells around it. */
        APPROXIMATE,
        /** Exactly below a number of rows, else not. */
        AUTO
    }

    /** Whether the graph of that many rows is an approximate one. */
    boolean approximate(int rows) {
        return graph == Graph.APPROXIMATE || (graph == Graph.AUTO && rows >= approximateFrom);
    }
}
