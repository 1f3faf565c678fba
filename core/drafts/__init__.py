"""What a person is about to do, kept between the look and the press."""
