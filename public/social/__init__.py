"""The picture of a letter's figures that other sites show beside a link to them."""
