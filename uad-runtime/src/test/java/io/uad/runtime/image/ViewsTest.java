package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import io.uad.api.image.View;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest {
    private static final Seed SEED = new Seed(31);
    private static final int DRAWS = 4000;

    @Test
    void theShortSideIsAnEighthSeventhOfTheInput() {
        assertEquals(256, Views.shortSide(224));
        assertEquals(73, Views.shortSide(64)); // 73.14
        assertEquals(110, Views.shortSide(96)); // 109.71
    }

    @Test
    void theEvaluationViewRoundsTheLongSideDownAndHalfOffsetsToEven() {
        // 500 x 375 gives 341 x 256, offsets 58.5 and 16.
        assertEquals(new View(0, 0, 500, 375, 341, 256, false, 58, 16, 224), Views.evaluation(500, 375, 224));
        assertEquals(new View(0, 0, 37, 411, 256, 2843, false, 16, 1310, 224), Views.evaluation(37, 411, 224));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,5000", "5000,1", "37,411", "2,3", "223,225", "12000,9000", "1,178956970"})
    void everySizeHasAllViews(int width, int height) {
        Views.evaluation(width, height, 224);
        assertEquals(10, Views.tenCrops(width, height, 224).size());
        for (var i = 0; i < 200; i++) {
            var crop = Views.randomResizedCrop(width, height, 224, SEED.derive(i));
            assertTrue(crop.left() + crop.width() <= width && crop.top() + crop.height() <= height, crop.toString());
            Views.randomCrop(width, height, 224, SEED.derive(i));
        }
    }

    @Test
    void randomResizedCropsKeepToTheLawAndAreMirroredHalfTheTime() {
        var mirrored = 0;
        var area = 0.0;
        for (var i = 0; i < DRAWS; i++) {
            var view = Views.randomResizedCrop(400, 300, 64, SEED.derive(i));
            var share = (double) view.width() * view.height() / (400 * 300);
            var aspect = (double) view.width() / view.height();
            // Sides are rounded to whole pixels: the shortest is 85 of them.
            assertTrue(share > 0.08 * 0.98 && share <= 1, "area " + share);
            assertTrue(aspect > 0.75 * 0.98 && aspect < 4 / 3.0 * 1.02, "aspect " + aspect);
            assertEquals(64, view.resizedWidth());
            assertEquals(64, view.resizedHeight());
            area += share / DRAWS;
            mirrored += view.mirrored() ? 1 : 0;
        }
        assertEquals(0.5, (double) mirrored / DRAWS, 0.032, "four standard deviations of 0.0079");
        assertTrue(
                area > 0.40 && area < 0.54,
                "0.54 less the large crops of a wrong aspect that are drawn again: " + area);
    }

    @Test
    void aShapeThatNoCropFitsGivesTheLargestCentralOne() {
        for (var i = 0; i < 50; i++) {
            var tall = Views.randomResizedCrop(10, 1000, 64, SEED.derive(i));
            assertEquals(10, tall.width()); // 10 x 13 is the largest, centred in 1000 rows
            assertEquals(13, tall.height());
            assertEquals(493, tall.top());
        }
    }

    @Test
    void randomCropsComeFromTheCentralSquareAndReachAllItsCorners() {
        // 500 x 375 gives 341 x 256; its central square starts at 42.5, rounded to 42.
        var lefts = new HashSet<Integer>();
        var tops = new HashSet<Integer>();
        for (var i = 0; i < DRAWS; i++) {
            var view = Views.randomCrop(500, 375, 224, SEED.derive(i));
            lefts.add(view.mirrored() ? 341 - 224 - view.windowLeft() : view.windowLeft());
            tops.add(view.windowTop());
        }
        assertEquals(33, lefts.size());
        assertEquals(33, tops.size());
        assertEquals(42, lefts.stream().min(Integer::compare).orElseThrow());
        assertEquals(42 + 32, lefts.stream().max(Integer::compare).orElseThrow());
        assertEquals(32, tops.stream().max(Integer::compare).orElseThrow());
    }

    @Test
    void equalSeedsGiveEqualViewsAndOthersDoNot() {
        var view = Views.randomResizedCrop(400, 300, 64, SEED);
        assertEquals(view, Views.randomResizedCrop(400, 300, 64, SEED));
        assertNotEquals(view, Views.randomResizedCrop(400, 300, 64, SEED.derive(1)));
    }

    @Test
    void cropFourOfTenIsTheEvaluationView() {
        assertEquals(
                Views.evaluation(500, 375, 224), Views.tenCrops(500, 375, 224).get(4));
    }
}
