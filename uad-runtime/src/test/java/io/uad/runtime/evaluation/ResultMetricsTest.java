package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What listeners are told of a result. */
class ResultMetricsTest {
    @Test
    void figuresOfAProbeCarryTheirTap() {
        var conv3 = new LinearProbe.TapResult("conv3", 9600, 9, 2.5, 30.5, 60.25, 7, 31.0, 61.5);
        var layer2 = new LinearProbe.TapResult("layer2", 512, 9, 2.0, 40.5, 70.25, 9, 40.5, 70.25);
        var metrics = new LinearProbe.Result(Path.of("probe"), false, List.of(conv3, layer2)).metrics();
        assertEquals(
                "{conv3-top1=30.5, conv3-top5=60.25, conv3-loss=2.5, conv3-best-epoch=7.0, conv3-best-top1=31.0,"
                        + " conv3-best-top5=61.5, layer2-top1=40.5, layer2-top5=70.25, layer2-loss=2.0,"
                        + " layer2-best-epoch=9.0, layer2-best-top1=40.5, layer2-best-top5=70.25}",
                metrics.toString());
    }

    @Test
    void figuresOfNeighboursCarryTheirNumber() {
        var scores = List.of(new NearestNeighbours.Score(1, 25, 50), new NearestNeighbours.Score(20, 30, 60));
        assertEquals(
                "{k1-top1=25.0, k1-top5=50.0, k20-top1=30.0, k20-top5=60.0}",
                new NearestNeighbours.Result("fc7", 4096, 100, 20, scores)
                        .metrics()
                        .toString());
    }

    @Test
    void figuresOfClustersAreThoseThatArePrinted() {
        assertEquals(
                "{clusters=5.0, classes=10.0, nmi=0.5, ari=0.25, accuracy=0.4}",
                new ClusterEvaluation.Result(20, 5, 10, 0.5, 0.25, 0.4)
                        .metrics()
                        .toString());
    }
}
