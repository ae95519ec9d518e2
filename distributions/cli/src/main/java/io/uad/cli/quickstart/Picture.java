package io.uad.cli.quickstart;

import io.uad.api.Seed;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws one picture: a textured figure before a cluttered background. Only figure and texture depend on the class. */
final class Picture {
    private final int side;
    private final Draws draws;
    private final BufferedImage image;

    private Picture(int side, Seed seed) {
        this.side = side;
        this.draws = new Draws(seed);
        this.image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    }

    /** @param side width and height in pixels */
    static BufferedImage draw(Figure figure, Texture texture, int side, Seed seed) {
        var picture = new Picture(side, seed);
        var graphics = picture.image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            picture.background(graphics);
            picture.figure(graphics, figure, texture);
        } finally {
            graphics.dispose();
        }
        picture.addNoise();
        return picture.image;
    }

    private void background(Graphics2D graphics) {
        graphics.setPaint(new GradientPaint(0, 0, draws.dimColour(), side, (float) place(), draws.dimColour(), false));
        graphics.fillRect(0, 0, side, side);
        for (var i = draws.integer(1, 4); i > 0; i--) {
            graphics.setColor(draws.colour());
            clutter(graphics, draws.integer(0, 2));
        }
    }

    private void clutter(Graphics2D graphics, int kind) {
        var x = place();
        var y = place();
        var width = draws.between(0.05, 0.14) * side;
        var height = draws.between(0.05, 0.14) * side;
        switch (kind) {
            case 0 -> {
                graphics.setStroke(new BasicStroke((float) draws.between(1, 3)));
                graphics.draw(new Line2D.Double(
                        x, y, x + draws.between(-0.3, 0.3) * side, y + draws.between(-0.3, 0.3) * side));
            }
            case 1 -> graphics.fill(new Ellipse2D.Double(x, y, width, height));
            default -> {
                var turn = AffineTransform.getRotateInstance(draws.between(0, Math.PI), x, y);
                graphics.fill(turn.createTransformedShape(new Rectangle2D.Double(x, y, width, height)));
            }
        }
    }

    private void figure(Graphics2D graphics, Figure figure, Texture texture) {
        var radius = draws.between(0.34, 0.46) * side;
        var x = side / 2.0 + draws.between(-0.06, 0.06) * side;
        var y = side / 2.0 + draws.between(-0.06, 0.06) * side;
        var pose = new AffineTransform();
        pose.translate(x, y);
        pose.rotate(draws.between(0, 2 * Math.PI));
        pose.scale(radius, radius);
        graphics.setPaint(new TexturePaint(textured(texture, x, y), new Rectangle(side, side)));
        graphics.fill(pose.createTransformedShape(figure.outline()));
    }

    /** The texture over the whole picture, turned and shifted on its own. */
    private BufferedImage textured(Texture texture, double centreX, double centreY) {
        var period = draws.between(0.11, 0.14) * side;
        var angle = draws.between(0, 2 * Math.PI);
        var cosine = StrictMath.cos(angle) / period;
        var sine = StrictMath.sin(angle) / period;
        var shiftX = centreX + draws.between(-1, 1) * period;
        var shiftY = centreY + draws.between(-1, 1) * period;
        var first = draws.colour();
        var second = draws.colourUnlike(first);
        var layer = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                var u = cosine * (x - shiftX) + sine * (y - shiftY);
                var v = cosine * (y - shiftY) - sine * (x - shiftX);
                layer.setRGB(x, y, mix(first, second, texture.share(u, v)));
            }
        }
        return layer;
    }

    private void addNoise() {
        var strength = draws.between(1, 4);
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                var change = (int) Math.rint(strength * draws.noise());
                var rgb = image.getRGB(x, y);
                image.setRGB(
                        x, y, rgb(((rgb >> 16) & 255) + change, ((rgb >> 8) & 255) + change, (rgb & 255) + change));
            }
        }
    }

    private double place() {
        return draws.between(0, side);
    }

    private static int mix(Color first, Color second, double share) {
        return rgb(
                (int) Math.rint(first.getRed() + share * (second.getRed() - first.getRed())),
                (int) Math.rint(first.getGreen() + share * (second.getGreen() - first.getGreen())),
                (int) Math.rint(first.getBlue() + share * (second.getBlue() - first.getBlue())));
    }

    private static int rgb(int red, int green, int blue) {
        return clamped(red) << 16 | clamped(green) << 8 | clamped(blue);
    }

    private static int clamped(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
