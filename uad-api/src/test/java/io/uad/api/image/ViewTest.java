package io.uad.api.image;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ViewTest {
    @Test
    void theWholeLeavesOnlyASquareOfItsOwnSideAlone() {
        assertTrue(View.whole(4).leavesAlone(image(4, 4)));
        assertFalse(View.whole(4).leavesAlone(image(4, 5)));
        assertFalse(View.whole(4).leavesAlone(image(5, 5)));
        assertFalse(new View(0, 0, 4, 4, 4, 4, true, 0, 0, 4).leavesAlone(image(4, 4)));
    }

    @Test
    void aWindowMustLieInTheResizedBox() {
        assertThrows(IllegalArgumentException.class, () -> new View(0, 0, 9, 9, 8, 8, false, 1, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> new View(0, 0, 9, 9, 8, 8, false, 0, -1, 8));
        assertThrows(IllegalArgumentException.class, () -> new View(0, 0, 9, 9, 8, 7, false, 0, 0, 8));
    }

    @Test
    void everySideMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> new View(0, 0, 0, 9, 8, 8, false, 0, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> new View(-1, 0, 9, 9, 8, 8, false, 0, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> new View(0, 0, 9, 9, 8, 8, false, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Image(0, 1, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new Image(2, 1, new byte[7]));
    }

    private static Image image(int width, int height) {
        return new Image(width, height, new byte[width * height * 3]);
    }
}
