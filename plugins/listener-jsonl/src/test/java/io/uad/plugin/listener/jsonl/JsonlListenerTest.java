package io.uad.plugin.listener.jsonl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlListenerTest {
    @TempDir
    Path folder;

    @Test
    void epochLineHoldsTheMetricsInTheirOrder() throws IOException {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("loss", 2.5);
        metrics.put("clusters", 100.0);
        write(10, new RunEvent.EpochFinished(3, 240, metrics, 12.5));
        assertEquals(
                List.of("{\"event\":\"epoch\",\"epoch\":3,\"iteration\":240,\"loss\":2.5,\"clusters\":100.0}"),
                lines("metrics.jsonl"));
        assertEquals(List.of("{\"event\":\"epoch\",\"epoch\":3,\"seconds\":12.5}"), lines("timings.jsonl"));
    }

    @Test
    void onlyStepsThatTheIntervalDividesAreLogged() throws IOException {
        try (var listener = start(5)) {
            for (var i = 0; i < 11; i++) {
                listener.on(new RunEvent.StepFinished(0, i, i, 11, 4.0 - i, 0.25));
            }
        }
        assertEquals(
                List.of(
                        "{\"event\":\"step\",\"epoch\":0,\"iteration\":0,\"loss\":4.0,\"accuracy\":0.25}",
                        "{\"event\":\"step\",\"epoch\":0,\"iteration\":5,\"loss\":-1.0,\"accuracy\":0.25}",
                        "{\"event\":\"step\",\"epoch\":0,\"iteration\":10,\"loss\":-6.0,\"accuracy\":0.25}"),
                lines("metrics.jsonl"));
    }

    @Test
    void numbersThatAreNotFiniteBecomeNull() throws IOException {
        write(1, new RunEvent.StepFinished(0, 0, 0, 1, Double.NaN, Double.POSITIVE_INFINITY));
        assertEquals(
                List.of("{\"event\":\"step\",\"epoch\":0,\"iteration\":0,\"loss\":null,\"accuracy\":null}"),
                lines("metrics.jsonl"));
    }

    @Test
    void secondsGoToTheTimingsOnly() throws IOException {
        write(
                10,
                new RunEvent.StageFinished(0, "features", 1.5),
                new RunEvent.RunFinished(folder, true, 7),
                new RunEvent.CheckpointWritten(folder.resolve("c"), 0, 1),
                new RunEvent.StageStarted(0, "features"),
                new RunEvent.StageProgressed(0, "features", 1, 2),
                new RunEvent.Notice("read this"));
        assertEquals(List.of(), lines("metrics.jsonl"));
        assertEquals(
                List.of(
                        "{\"event\":\"stage\",\"epoch\":0,\"stage\":\"features\",\"seconds\":1.5}",
                        "{\"event\":\"run\",\"interrupted\":true,\"seconds\":7.0}"),
                lines("timings.jsonl"));
    }

    @Test
    void lineIsInTheFileBeforeTheEventReturns() throws IOException {
        try (var listener = start(1)) {
            listener.on(new RunEvent.StepFinished(0, 0, 0, 2, 1, 0));
            assertEquals(1, lines("metrics.jsonl").size());
        }
    }

    @Test
    void secondRunGoesOnAtTheEndOfTheFile() throws IOException {
        write(1, new RunEvent.StepFinished(0, 0, 0, 2, 1, 0));
        write(1, new RunEvent.StepFinished(0, 1, 1, 2, 1, 0));
        assertEquals(2, lines("metrics.jsonl").size());
    }

    @Test
    void numbersHaveTheirShortestSpellingOnEveryJdk() throws IOException {
        // 2e23 reads 1.9999999999999998E23 before JDK 19 and 2.0E23 since.
        write(1, new RunEvent.StepFinished(0, 0, 0, 1, Double.parseDouble("2e23"), 0.002));
        assertEquals(
                List.of("{\"event\":\"step\",\"epoch\":0,\"iteration\":0,\"loss\":2.0E23,\"accuracy\":0.002}"),
                lines("metrics.jsonl"));
    }

    @Test
    void eventsBeforeTheStartAreLeftOut() {
        try (var listener = new JsonlListener(new JsonlOptions(1))) {
            listener.on(new RunEvent.StepFinished(0, 0, 0, 1, 1, 1));
        }
        assertFalse(Files.exists(folder.resolve("metrics.jsonl")));
    }

    @Test
    void fileThatCannotBeOpenedIsAResourceErrorThatNamesIt() throws IOException {
        Files.createDirectory(folder.resolve("timings.jsonl"));
        var error = assertThrows(UadException.class, () -> start(1));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(error.toString().contains(folder.resolve("timings.jsonl") + ": cannot be opened"));
    }

    @Test
    void textIsEscapedSoThatALineStaysALine() throws IOException {
        write(1, new RunEvent.StageFinished(0, "a \"b\"\nc\u2028", 1));
        assertEquals(
                List.of("{\"event\":\"stage\",\"epoch\":0,\"stage\":\"a \\\"b\\\"\\nc\u2028\",\"seconds\":1.0}"),
                lines("timings.jsonl"));
    }

    @Test
    void resultOfAProbeIsALineAndItsSecondsAreAnother() throws IOException {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("conv3-top1", 31.25);
        metrics.put("conv3-loss", 2.5);
        write(1, new RunEvent.EvaluationFinished("eval linear", 20, metrics, 12.5));
        assertEquals(
                List.of("{\"event\":\"evaluation\",\"task\":\"eval linear\",\"samples\":20,"
                        + "\"conv3-top1\":31.25,\"conv3-loss\":2.5}"),
                lines("metrics.jsonl"));
        assertEquals(
                List.of("{\"event\":\"evaluation\",\"task\":\"eval linear\",\"seconds\":12.5}"),
                lines("timings.jsonl"));
    }

    @Test
    void beginningOfAnEpochHasNoLine() throws IOException {
        write(1, new RunEvent.EpochStarted(0, 2));
        assertEquals(List.of(), lines("metrics.jsonl"));
        assertEquals(List.of(), lines("timings.jsonl"));
    }

    @Test
    void evaluationWithoutARunIsNotWrittenAnywhere() throws IOException {
        try (var listener = new JsonlListener(new JsonlOptions(1))) {
            listener.on(new RunEvent.EvaluationFinished("eval knn", 20, Map.of("k20-top1", 30.0), 1));
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aMetricCannotReplaceTheEpochItself() throws IOException {
        write(1, new RunEvent.EpochFinished(3, 240, Map.of("epoch", 99.0), 1));
        assertEquals(List.of("{\"event\":\"epoch\",\"epoch\":3,\"iteration\":240}"), lines("metrics.jsonl"));
    }

    @Test
    void metricsThatAreNotFiniteBecomeNull() throws IOException {
        write(1, new RunEvent.EpochFinished(0, 1, Map.of("nmi", Double.NaN), 1));
        assertEquals(List.of("{\"event\":\"epoch\",\"epoch\":0,\"iteration\":1,\"nmi\":null}"), lines("metrics.jsonl"));
    }

    @Test
    void aSecondStartOpensTheFilesOfItsOwnFolder() throws IOException {
        var other = Files.createDirectory(folder.resolve("other"));
        try (var listener = start(1)) {
            listener.on(new RunEvent.RunStarted("train", other, 10, 0, 2));
            listener.on(new RunEvent.StepFinished(0, 0, 0, 1, 1, 1));
        }
        assertEquals(List.of(), lines("metrics.jsonl"));
        assertEquals(1, Files.readAllLines(other.resolve("metrics.jsonl")).size());
    }

    @Test
    void closingTwiceAndEventsAfterItAreHarmless() throws IOException {
        var listener = start(1);
        listener.close();
        listener.close();
        listener.on(new RunEvent.StepFinished(0, 0, 0, 1, 1, 1));
        assertEquals(List.of(), lines("metrics.jsonl"));
    }

    @Test
    void folderThatIsMissingIsAResourceErrorAndNothingStaysOpen() {
        var listener = new JsonlListener(new JsonlOptions(1));
        var missing = folder.resolve("missing");
        var error = assertThrows(
                UadException.class, () -> listener.on(new RunEvent.RunStarted("train", missing, 10, 0, 2)));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(error.toString().contains(missing.resolve("metrics.jsonl").toString()), error.toString());
        listener.on(new RunEvent.StepFinished(0, 0, 0, 1, 1, 1));
        listener.close();
    }

    @Test
    void providerIsFoundAndMakesAListener() {
        var provider = ServiceLoader.load(ListenerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("jsonl"))
                .findFirst()
                .orElseThrow();
        assertEquals(JsonlOptions.class, provider.optionsType());
        assertEquals(
                JsonlListener.class,
                provider.create(Options.of(new JsonlOptions(10))).getClass());
    }

    private RunListener start(int everySteps) {
        var listener = new JsonlListener(new JsonlOptions(everySteps));
        listener.on(new RunEvent.RunStarted("train", folder, 10, 0, 2));
        return listener;
    }

    private void write(int everySteps, RunEvent... events) {
        try (var listener = start(everySteps)) {
            for (var event : events) {
                listener.on(event);
            }
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }
}
