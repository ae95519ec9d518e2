package io.uad.plugin.clustering.smile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smile.math.MathEx;

/** What holds for each of the components. */
class SmileComponentsTest {
    private static final OptionalDouble AUTO = OptionalDouble.empty();

    /** A component with few options. */
    enum Component {
        X_MEANS,
        G_MEANS,
        SPECTRAL,
        DBSCAN,
        HIERARCHICAL;

        /**
         * With so many clusters, where that is an option.
         *
         * @param maxRows raised to the least that the option allows
         */
        ClusteringAlgorithm with(int k, int maxRows) {
            var clusters = OptionalInt.of(k);
            return switch (this) {
                case X_MEANS -> new XMeansProvider().create(Options.of(new XMeansOptions(20, maxRows)));
                case G_MEANS -> new GMeansProvider().create(Options.of(new GMeansOptions(20, maxRows)));
                case SPECTRAL ->
                    new SpectralProvider().create(Options.of(new SpectralOptions(clusters, AUTO, maxRows)));
                case DBSCAN -> new DbscanProvider().create(Options.of(new DbscanOptions(5, AUTO, maxRows)));
                case HIERARCHICAL ->
                    new HierarchicalProvider()
                            .create(Options.of(new HierarchicalOptions(clusters, LinkageRule.WARD, maxRows)));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeGroupsFarApartAreFound(Component component) {
        var found = cluster(component, 3, Points.groups(120, 3));
        assertEquals(3, found.clusterCount());
        assertTrue(Points.separated(found.labels(), 3), Arrays.toString(found.labels()));
        assertEquals(0, found.labels()[0]); // numbered by the first row
        var members = Arrays.stream(found.sizes()).sum();
        if (component == Component.DBSCAN) {
            assertTrue(members >= 96, "members " + members); // the fringe of a normal distribution is noise
        } else {
            assertEquals(120, members);
        }
    }

    @ParameterizedTest
    @EnumSource
    void centroidsAreMeansAndTheObjectiveIsTheSumOfTheDistances(Component component) {
        var features = Points.groups(120, 3);
        var found = cluster(component, 3, features);
        var sum = 0.0;
        for (var row = 0; row < 120; row++) {
            var label = found.labels()[row];
            var squared = 0.0;
            for (var j = 0; label >= 0 && j < 3; j++) {
                var column = j;
                var mean = IntStream.range(0, 120)
                        .filter(other -> found.labels()[other] == label)
                        .mapToDouble(other -> features.get(other, column))
                        .average()
                        .orElseThrow();
                assertEquals(mean, found.centroids().get(label, j), 1e-4); // floats of size 100
                squared += Math.pow(features.get(row, j) - mean, 2);
            }
            assertEquals(squared, found.squaredDistances()[row], 1e-3);
            sum += squared;
        }
        assertEquals(sum, found.objective(), 0.01);
    }

    @ParameterizedTest
    @EnumSource
    void equalSeedsGiveEqualResultsWhateverRanBeforeAndInWhatPool(Component component) throws Exception {
        var features = noise(200);
        var first = cluster(component, 7, features);
        MathEx.random();
        var pool = new ForkJoinPool(1);
        try {
            var again = pool.submit(() -> cluster(component, 7, features)).get();
            assertArrayEquals(first.labels(), again.labels());
            assertArrayEquals(first.squaredDistances(), again.squaredDistances());
            assertEquals(first.objective(), again.objective());
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUnitOfTheFeaturesDoesNotMatter(Component component) {
        var features = Points.groups(120, 3);
        var expected = cluster(component, 3, features).labels();
        for (var unit : new float[] {0x1p-30f, 0x1p30f}) { // powers of two: nothing is rounded
            var values = features.toArray();
            for (var i = 0; i < values.length; i++) {
                values[i] *= unit;
            }
            assertArrayEquals(
                    expected, cluster(component, 3, FeatureMatrix.of(values, 3)).labels());
        }
    }

    @ParameterizedTest
    @EnumSource
    void duplicatesStayTogether(Component component) {
        var found = cluster(component, 4, Points.duplicates(120, 4));
        assertEquals(4, found.clusterCount(), Arrays.toString(found.labels()));
        assertTrue(Points.separated(found.labels(), 4));
        assertEquals(0, found.objective());
    }

    @ParameterizedTest
    @EnumSource
    void equalRowsAreNoError(Component component) {
        var found = cluster(component, 2, FeatureMatrix.of(filled(120, 0.1f), 2));
        assertEquals(component == Component.HIERARCHICAL ? 2 : 1, found.clusterCount()); // it cuts where it is told to
        assertEquals(60, Arrays.stream(found.sizes()).sum());
        assertEquals(0, found.objective());
    }

    @ParameterizedTest
    @EnumSource
    void aFewDistinctRowsAmongManyDuplicatesAreNoError(Component component) {
        var values = filled(100, 3);
        values[10] = 4;
        values[20] = 1000;
        var found = cluster(component, 5, FeatureMatrix.of(values, 1));
        assertTrue(found.clusterCount() >= 1 && found.clusterCount() <= 5);
        for (var row = 1; row < 100; row++) {
            if (component != Component.HIERARCHICAL && row != 10 && row != 20) {
                assertEquals(found.labels()[0], found.labels()[row], "row " + row);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooFewRowsAreAConfigErrorThatSaysWhatToDo(Component component) {
        var algorithm = component.with(8, 1000);
        var least = algorithm.minimumRows();
        assertEquals(
                switch (component) {
                    case X_MEANS, G_MEANS -> 25;
                    case SPECTRAL, HIERARCHICAL -> 8;
                    case DBSCAN -> 5;
                },
                least);
        var error =
                assertThrows(UadException.class, () -> algorithm.cluster(Points.duplicates(least - 1, 3), context()));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(
                error.toString().contains("add images") || error.toString().contains("Add images"), error.toString());
        assertEquals(
                least, algorithm.cluster(Points.duplicates(least, 1), context()).labels().length);
    }

    @ParameterizedTest
    @EnumSource
    void noRowsAreAConfigError(Component component) {
        var error = assertThrows(UadException.class, () -> cluster(component, 2, FeatureMatrix.allocate(0, 2)));
        assertEquals(ErrorKind.CONFIG, error.kind());
    }

    @ParameterizedTest
    @EnumSource
    void tooManyRowsAreAConfigErrorThatSaysWhatToDo(Component component) {
        var algorithm = component.with(2, 119);
        var error = assertThrows(UadException.class, () -> algorithm.cluster(Points.groups(120, 3), context()));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("120 images are too many"), error.toString());
        assertTrue(error.toString().contains("119 images or fewer. Raise clustering.max-rows"), error.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsNotFiniteIsADataError(Component component) {
        for (var broken : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            var values = Points.groups(120, 3).toArray();
            values[3 * 7 + 1] = broken;
            var error = assertThrows(UadException.class, () -> cluster(component, 3, FeatureMatrix.of(values, 3)));
            assertEquals(ErrorKind.DATA, error.kind());
            assertTrue(error.toString().contains("row 7, column 1"), error.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void featuresAreNotChanged(Component component) {
        var features = Points.groups(120, 3);
        var before = features.toArray();
        cluster(component, 3, features);
        assertArrayEquals(before, features.toArray());
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledProgressEndsTheWork(Component component) {
        var context = new StageContext(
                new JavaLinearAlgebra(),
                new Seed(1),
                (done, total) -> {
                    throw new CancellationException("stop");
                },
                sentence -> {});
        var algorithm = component.with(3, 1000);
        assertThrows(CancellationException.class, () -> algorithm.cluster(Points.groups(120, 3), context));
    }

    @Test
    void eachProviderIsFoundAndNamesItsPaper() {
        var own = ServiceLoader.load(ClusteringProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.getClass().getPackage() == Labels.class.getPackage())
                .collect(Collectors.toList());
        assertEquals(
                Set.of("x-means", "g-means", "spectral", "dbscan", "hierarchical"),
                own.stream().map(ClusteringProvider::name).collect(Collectors.toSet()));
        for (var provider : own) {
            assertTrue(provider.description().matches(".+\\(.+, .*\\d{4}\\)"), provider.description());
        }
        assertFalse(own.isEmpty());
    }

    /** Normal in three columns: nothing to find, so that chance decides. */
    private static FeatureMatrix noise(int rows) {
        var seed = new Seed(4);
        var values = new float[rows * 3];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return FeatureMatrix.of(values, 3);
    }

    private static float[] filled(int length, float value) {
        var values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static Clustering cluster(Component component, int k, FeatureMatrix features) {
        return component.with(k, 1000).cluster(features, context());
    }

    private static StageContext context() {
        return StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));
    }
}
