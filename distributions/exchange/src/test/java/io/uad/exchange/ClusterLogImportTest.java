package io.uad.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.exchange.torch.PickleBytes;
import io.uad.runtime.checkpoint.ClusterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLogImportTest {
    @TempDir
    Path folder;

    /** As {@code pickle.dump(log, file, -1)} writes lists of lists of lists. */
    private Path log(int[][]... epochs) throws IOException {
        var pickle = PickleBytes.python2().op(']').mark();
        for (var epoch : epochs) {
            pickle.op(']').mark();
            for (var cluster : epoch) {
                pickle.op(']').mark();
                for (var image : cluster) {
                    pickle.number(image);
                }
                pickle.op('e');
            }
            pickle.op('e');
        }
        return Files.write(folder.resolve("clusters"), pickle.op('e').stop());
    }

    private static String refused(Path file, Optional<List<String>> paths) {
        var refusal = assertThrows(UadException.class, () -> ClusterLogImport.read(file, paths));
        assertEquals(ErrorKind.DATA, refusal.kind());
        return String.valueOf(refusal.getMessage());
    }

    @Test
    void eachEpochBecomesAFileWithPaths() throws IOException {
        var file = log(new int[][] {{2, 0}, {}, {1}}, new int[][] {{1}, {0, 2}});
        var out = folder.resolve("out");
        ClusterLogImport.read(file, Optional.of(List.of("a.png", "b.png", "c.png")))
                .writeFolder(out, false);
        var first = ClusterFile.read(out.resolve("epoch-0000.csv.gz"));
        assertEquals(List.of("a.png", "b.png", "c.png"), first.paths());
        assertArrayEquals(new int[] {0, 2, 0}, first.labels());
        assertArrayEquals(
                new int[] {1, 0, 1},
                ClusterFile.read(out.resolve("epoch-0001.csv.gz")).labels());
    }

    @Test
    void oneTableHoldsAllEpochsWithNumbersForPaths() throws IOException {
        var out = folder.resolve("clusters.csv");
        var log = ClusterLogImport.read(log(new int[][] {{1}, {0}}), Optional.empty());
        log.writeTable(out, false);
        assertEquals("epoch,path,cluster\n0,0,1\n0,1,0\n", Files.readString(out));
        assertThrows(UadException.class, () -> log.writeTable(out, false));
        log.writeTable(out, true);
    }

    @Test
    void anImageInTwoClustersOrNoneOrOfAnImpossibleNumberIsRefused() throws IOException {
        assertTrue(refused(log(new int[][] {{0, 1}, {1}}), Optional.empty()).contains("image 1 into cluster 1"));
        assertTrue(refused(log(new int[][] {{0, 2}}), Optional.empty()).contains("image 2"));
        assertTrue(refused(log(new int[][] {{0, 2_000_000_000}}), Optional.empty())
                .contains("2000000000"));
        assertTrue(refused(log(new int[][] {{0}}, new int[][] {{0, 1}}), Optional.empty())
                .contains("several datasets"));
    }

    @Test
    void anotherDatasetIsRefused() throws IOException {
        assertTrue(refused(log(new int[][] {{0, 1}}), Optional.of(List.of("a"))).contains("about 2 images"));
    }

    @Test
    void otherPicklesAreRefused() throws IOException {
        assertTrue(refused(log(), Optional.empty()).contains("no epoch"));
        var file = folder.resolve("other");
        Files.write(file, PickleBytes.python3().global("os", "system").stop());
        assertTrue(refused(file, Optional.empty()).contains("os.system"));
        Files.write(file, PickleBytes.python3().op(']').number(1).op('a').stop());
        assertTrue(refused(file, Optional.empty()).contains("no list of lists"));
        Files.writeString(file, "text");
        refused(file, Optional.empty());
    }
}
