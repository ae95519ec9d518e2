package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members are threads of one process here; they talk over TCP all the same. */
@Timeout(60)
class JointGradientsTest {
    @BeforeAll
    static void load() {
        Library.load();
    }

    /** Parameters of 1, 2, ... values, all ones. */
    private static List<Tensor> parameters(int count) {
        var parameters = new ArrayList<Tensor>();
        for (var i = 0; i < count; i++) {
            var parameter = torch.ones(i + 1);
            parameter.set_requires_grad(true);
            parameters.add(parameter);
        }
        return parameters;
    }

    /** Leaves at parameter i the gradient {@code factor * (i + 1)}. */
    private static void backward(List<Tensor> parameters, double factor) {
        try (var recording = new AutoGradMode(true)) {
            var sum = torch.zeros(1);
            for (var i = 0; i < parameters.size(); i++) {
                sum = sum.add(
                        parameters.get(i).mul(new Scalar(factor * (i + 1))).sum());
            }
            sum.sum().backward();
        }
    }

    @Test
    void manyBucketsLeaveInTheSameOrderPassAfterPass() {
        var sums = LibtorchGroupTest.together(3, group -> {
            try (var scope = new PointerScope();
                    var joint = new JointGradients(group, 8)) {
                var parameters = parameters(12);
                var found = new ArrayList<float[]>();
                for (var pass = 1; pass <= 3; pass++) {
                    var factor = pass * (1.0 + group.rank()); // 1 + 2 + 3 in all
                    parameters.forEach(parameter -> parameter.mutable_grad().reset());
                    joint.sum(parameters, () -> backward(parameters, factor));
                }
                assertEquals(10, joint.bucketCount());
                parameters.forEach(parameter -> found.add(Transfer.read(parameter.grad())));
                return found;
            }
        });
        for (var found : sums) {
            IntStream.range(0, 12).forEach(i -> {
                var expected = new float[i + 1];
                Arrays.fill(expected, 3 * 6f * (i + 1));
                assertArrayEquals(expected, found.get(i));
            });
        }
    }

    @Test
    void howAParameterLiesInMemoryMayDifferBetweenProcesses() {
        var sums = LibtorchGroupTest.together(2, group -> {
            try (var scope = new PointerScope();
                    var joint = new JointGradients(group, 1000)) {
                var values =
                        torch.arange(new Scalar(24)).to(torch.ScalarType.Float).reshape(2, 3, 2, 2);
                var plain = torch.ones(2, 3, 2, 2);
                var weight = group.rank() == 0 ? plain : plain.contiguous(MemoryFormat.ChannelsLast);
                weight.set_requires_grad(true);
                joint.sum(List.of(weight), () -> {
                    try (var recording = new AutoGradMode(true)) {
                        weight.mul(values).sum().backward();
                    }
                });
                return Transfer.read(weight.grad());
            }
        });
        var expected = new float[24];
        IntStream.range(0, 24).forEach(i -> expected[i] = 2 * i);
        sums.forEach(found -> assertArrayEquals(expected, found));
    }

    @Test
    void aPassThatFailsLeavesTheNextOneWhole() {
        var sums = LibtorchGroupTest.together(2, group -> {
            try (var scope = new PointerScope();
                    var joint = new JointGradients(group, 8)) {
                var parameters = parameters(5);
                assertThrows(
                        IllegalStateException.class,
                        () -> joint.sum(parameters, () -> {
                            throw new IllegalStateException("before anything is sent");
                        }));
                joint.sum(parameters, () -> backward(parameters, 1));
                return Transfer.read(parameters.get(4).grad());
            }
        });
        sums.forEach(found -> assertArrayEquals(new float[] {10, 10, 10, 10, 10}, found));
    }
}
